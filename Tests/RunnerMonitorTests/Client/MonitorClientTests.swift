import Foundation
import RunnerCore
import RunnerWire
import Testing

@testable import RunnerMonitor

@Suite(.timeLimit(.minutes(1))) struct MonitorClientTests {
  private let controller = FakeController()
  private let server: MonitorServer
  private let client: MonitorClient
  private let log = Recorder<String>()

  init() throws {
    let (near, far) = try connectedSockets()
    let program = MonitorProgram(name: "fake", version: "7")
    server = try MonitorServer(descriptor: far, controller: controller, program: program)
    client = try MonitorClient(
      descriptor: near, program: program,
      handlers: MonitorClient.Handlers(
        onEvent: { [log] in log.record("\($0)") },
        onDisconnect: { [log] in log.record("lost: \($0)") }))
  }

  private func end() {
    client.disconnect()
    server.waitUntilDisconnected()
  }

  @Test func `every look brings what the inspector gave`() throws {
    defer { end() }
    #expect(try client.runners() == controller.runners())
    #expect(
      try client.tasks(TaskQuery(namePattern: "m*"))
        == TaskListing(tasks: [FakeController.task], matching: 1, total: 4))
    #expect(try client.task(TaskID(2)) == FakeController.task)
    #expect(try client.history(TaskQuery(order: .age)).consistency == .sampled)
    #expect(try client.loop(of: "main") == FakeController.loop)
    #expect(try client.context(of: .runner("main")) == FakeController.context)
    #expect(
      controller.calls == [
        "runners", "runners", "tasks m*", "history age", "loop main", "context runner(\"main\")",
      ])
  }

  @Test func `every act reaches the controller with its arguments`() throws {
    defer { end() }
    let options = RunnerOptions(name: "lab", usesVirtualTime: true)
    #expect(
      try client.makeRunner(options) == RunnerSnapshot(name: "lab", phase: .created))
    #expect(try client.startRunner("main") == FakeController.runner)
    #expect(try client.stopRunner("main") == FakeController.runner)
    #expect(try client.run("sleep(3)", on: "main").id == JobID(1))
    #expect(try client.spawn("sleep(3)", on: "main", named: "metro") == FakeController.task)
    #expect(try client.jobs().map(\.id) == [JobID(1)])
    #expect(try client.wait(for: TaskID(2), limit: .seconds(1)) == FakeController.task)
    #expect(
      try client.cancel(CancelRequest(tasks: [TaskID(2)])).map(\.result)
        == [.cancelled(after: .microseconds(400))])
    #expect(try client.interrupt("main") == .runAborted(TaskID(2)))
    #expect(try client.close("main", deadline: nil) == FakeController.report)
    controller.end(JobID(1))
    #expect(try client.wait(for: JobID(1), limit: nil).state == .returned(nil))
    #expect(
      controller.calls == [
        "makeRunner lab true", "startRunner main", "stopRunner main", "run sleep(3) main",
        "spawn sleep(3) main metro", "jobs", "wait task 2 1.0 seconds", "cancel [2] 2.0 seconds",
        "interrupt main", "close main -", "wait job 1 -",
      ])
  }

  @Test func `a cell begins, or comes back with what the compiler says`() throws {
    defer { end() }
    let start = try client.evaluate(CellRequest(source: "let n = 4"), on: "main")
    #expect(start.job.id == JobID(7))
    #expect(start.declaredNames == ["n"])
    #expect(client.numbers.job == 7)
    #expect(
      throws: CellRejection(diagnostics: [
        CellDiagnostic(severity: .error, message: "it is wrong")
      ])
    ) {
      try client.evaluate(CellRequest(source: "wrong"), on: "main")
    }
    #expect(controller.calls == ["evaluate let n = 4 main", "evaluate wrong main"])
  }

  @Test func `what a controller cannot do is a sentence of its own`() throws {
    defer { end() }
    #expect(
      throws: RunnerError(
        .unavailable,
        "Swift cannot be compiled here; use run or spawn with a built-in coroutine.")
    ) {
      try client.type(of: CellRequest(source: "1"))
    }
    #expect(try client.variables(on: "main").isEmpty)
    try client.forgetCells()
  }

  @Test func `an error arrives with its code and its sentence`() {
    defer { end() }
    #expect(throws: RunnerError(.notFound, "There is no task 99.")) {
      try client.task(TaskID(99))
    }
  }

  @Test func `the server's introduction can be waited for`() throws {
    defer { end() }
    let peer = try client.peer()
    #expect(peer.program == MonitorProgram(name: "fake", version: "7"))
    #expect(peer.processID == getpid())
  }

  @Test func `many threads call at the same time and each gets its own replies`() throws {
    defer { end() }
    let threads = (0..<8).map { thread in
      onThread { [client] in
        for index in 0..<200 {
          if (thread + index).isMultiple(of: 2) {
            let name = "runner-\(thread)-\(index)"
            guard try client.makeRunner(RunnerOptions(name: name)).name == name else {
              throw RunnerError(.invalidState, "Another reply.")
            }
          } else {
            _ = try client.task(TaskID(2))
          }
        }
        return 200
      }
    }
    for thread in threads {
      #expect(try thread.elements(atLeast: 1)[0].get() == 200)
    }
    #expect(controller.calls.count == 800)
  }

  @Test func `a look is answered while a wait blocks`() throws {
    defer { end() }
    let wait = onThread { [client] in try client.wait(for: JobID(1), limit: nil) }
    controller.expectWaiting(1)
    #expect(try client.runners() == [FakeController.runner])
    #expect(wait.elements().isEmpty)
    controller.end(JobID(1))
    #expect(try wait.elements(atLeast: 1)[0].get().state == .returned(nil))
  }

  @Test func `abandoning ends the waits on both sides and nothing else`() throws {
    defer { end() }
    let wait = onThread { [client] in try client.wait(for: JobID(1), limit: nil) }
    controller.expectWaiting(1)
    client.abandonWaits()
    let error = #expect(throws: RunnerError.self) { try wait.elements(atLeast: 1)[0].get() }
    #expect(error?.code == .abandoned)
    #expect(error?.message == "The wait was given up; what it waited for goes on.")
    controller.expectWaiting(0)
    #expect(try client.runners() == [FakeController.runner])
  }

  @Test func `a lost connection fails the waiting and every later call`() throws {
    let wait = onThread { [client] in try client.wait(for: JobID(1), limit: nil) }
    controller.expectWaiting(1)
    server.disconnect()
    let error = #expect(throws: RunnerError.self) { try wait.elements(atLeast: 1)[0].get() }
    #expect(error?.code == .connectionLost)
    #expect(error?.message == "The connection to the peer has ended. Connect again.")
    #expect(throws: RunnerError.self) { try client.runners() }
    client.abandonWaits()
    #expect(
      log.elements(atLeast: 1) == ["lost: The connection to the peer has ended. Connect again."])
  }

  @Test func `events arrive in order`() {
    defer { end() }
    for index in 0..<50 { server.send(.note("\(index)")) }
    server.send(.deadlock(runner: "main", tasks: [TaskID(3)]))
    let expected = (0..<50).map { "\(MonitorEvent.note("\($0)"))" }
    let events = log.elements(atLeast: 51)
    #expect(Array(events.prefix(50)) == expected)
    #expect(events.last == "\(MonitorEvent.deadlock(runner: "main", tasks: [TaskID(3)]))")
  }

  @Test func `a request that is too long is refused here and the connection goes on`() throws {
    defer { end() }
    let expression = String(repeating: "x", count: WireProtocol.maximumFrameSize)
    let error = #expect(throws: RunnerError.self) { try client.run(expression, on: "main") }
    #expect(error?.code == .invalidArgument)
    #expect(try client.runners() == [FakeController.runner])
  }
}

@Suite(.timeLimit(.minutes(1))) struct MonitorClientPeerTests {
  private let peer: RawPeer
  private let descriptor: Int32
  private let log = Recorder<String>()

  init() throws {
    let (near, far) = try connectedSockets()
    peer = RawPeer(descriptor: far)
    descriptor = near
  }

  private func makeClient() throws -> MonitorClient {
    try MonitorClient(
      descriptor: descriptor, program: MonitorProgram(name: "test", version: "1"),
      firstTaskNumber: 12,
      handlers: MonitorClient.Handlers(
        beforeDispatch: { [log] in log.record("before") },
        onEvent: { [log] in log.record("\($0)") },
        onDisconnect: { [log] in log.record("\($0)") }))
  }

  @Test func `the client introduces itself with its first task number`() throws {
    let client = try makeClient()
    guard case .hello(let hello) = try peer.readMessage() else {
      Issue.record("no hello")
      return
    }
    #expect(hello.firstTaskNumber == 12)
    client.disconnect()
  }

  @Test func `another version fails every call and is told to the peer`() throws {
    let client = try makeClient()
    _ = peer.readLine()
    peer.sendLine(RawPeer.hello.replacing("\"version\":1", with: "\"version\":2"))
    let sentence =
      "The peer speaks version 2 of runner-wire, this side version 1. "
      + "Use the same release on both sides."
    #expect(throws: RunnerError(.connectionLost, sentence)) { try client.peer() }
    #expect(throws: RunnerError(.connectionLost, sentence)) { try client.runners() }
    #expect(try peer.readFailure().failure.message == sentence)
    #expect(peer.readLine() == nil)
  }

  @Test func `each message is announced before it is handed on`() throws {
    _ = try makeClient()
    peer.sendLine(RawPeer.hello)
    peer.sendLine(#"{"event":"note","text":"one"}"#)
    peer.sendLine(#"{"event":"sunrise"}"#)
    peer.sendLine(#"{"event":"note","text":"two"}"#)
    #expect(
      log.elements(atLeast: 6) == [
        "before", "before", "\(MonitorEvent.note("one"))", "before", "before",
        "\(MonitorEvent.note("two"))",
      ])
    peer.close()
  }

  @Test func `a server that sends garbage ends the connection with a reason`() throws {
    let client = try makeClient()
    peer.sendLine(RawPeer.hello)
    let call = onThread { try client.interrupt("main") }
    _ = peer.readLine()
    _ = peer.readLine()
    peer.sendLine("garbage")
    #expect(
      throws: RunnerError(
        .connectionLost,
        "The peer sent what cannot be read. The message is not valid JSON.")
    ) { try call.elements(atLeast: 1)[0].get() }
  }

  @Test func `a result that cannot be read fails that call only`() throws {
    let client = try makeClient()
    peer.sendLine(RawPeer.hello)
    let call = onThread { try client.interrupt("main") }
    _ = peer.readLine()
    _ = peer.readLine()
    peer.sendLine(#"{"id":1,"result":{"weather":"fine"}}"#)
    let error = #expect(throws: RunnerError.self) { try call.elements(atLeast: 1)[0].get() }
    #expect(
      error?.message == "The peer's reply cannot be read. The result is of no known kind.")
    let other = onThread { try client.interrupt("main") }
    _ = peer.readLine()
    peer.sendLine(#"{"id":2,"result":{"interrupt":{"kind":"nothingRunning"}}}"#)
    #expect(try other.elements(atLeast: 1)[0].get() == .nothingRunning)
    client.disconnect()
  }

  @Test func `a result of another kind is an error`() throws {
    let client = try makeClient()
    peer.sendLine(RawPeer.hello)
    let call = onThread { try client.interrupt("main") }
    _ = peer.readLine()
    _ = peer.readLine()
    peer.sendLine(#"{"id":1,"result":{"done":true}}"#)
    let error = #expect(throws: RunnerError.self) { try call.elements(atLeast: 1)[0].get() }
    #expect(
      error?.message == "The peer answered 'interrupt' with a result of another kind. "
        + "Use the same release on both sides.")
    client.disconnect()
  }

  @Test func `a look that nobody answers is given up`() throws {
    let client = MonitorClient(
      connection: Connection(descriptor: descriptor),
      program: MonitorProgram(name: "test", version: "1"), firstTaskNumber: nil,
      handlers: MonitorClient.Handlers(), lookingLimit: .milliseconds(10))
    let error = #expect(throws: RunnerError.self) { try client.runners() }
    #expect(
      error?.message == "The peer has not answered 'runners' for 0.01 seconds; it may be stopped. "
        + "Try again, or end it.")
    client.connection.close()
  }

  @Test
  func `a peer that acts is waited for while it answers looks, and given up when it does not`()
    throws
  {
    let client = MonitorClient(
      connection: Connection(descriptor: descriptor),
      program: MonitorProgram(name: "test", version: "1"), firstTaskNumber: nil,
      handlers: MonitorClient.Handlers(), lookingLimit: .milliseconds(10))
    let error = #expect(throws: RunnerError.self) { try client.startRunner("main") }
    #expect(
      error?.message
        == "The peer has not answered 'startRunner' for 0.02 seconds; it may be stopped. "
        + "Try again, or end it.")
    _ = peer.readLine()
    #expect(peer.readLine()?.contains("startRunner") == true)
    #expect(peer.readLine()?.contains("runners") == true)
    client.connection.close()
  }
}
