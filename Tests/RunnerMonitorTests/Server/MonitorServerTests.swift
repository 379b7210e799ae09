import Foundation
import RunnerCore
import RunnerMonitor
import RunnerWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct MonitorServerTests {
  private let controller = FakeController()
  private let peer: RawPeer
  private let server: MonitorServer
  private let disconnects = Recorder<String>()
  private let hellos = Recorder<MonitorPeer>()

  init() throws {
    let (ours, theirs) = try connectedSockets()
    peer = RawPeer(descriptor: theirs)
    server = try MonitorServer(
      descriptor: ours, controller: controller,
      program: MonitorProgram(name: "fake", version: "7"),
      onHello: { [hellos] in hellos.record($0) },
      onDisconnect: { [disconnects] in disconnects.record("gone") })
  }

  /// Exchanges the first messages.
  private func greet() throws {
    peer.sendLine(RawPeer.hello)
    _ = try #require(peer.readLine())
  }

  /// Checks that the connection still works.
  private func expectAlive() throws {
    peer.sendLine(#"{"id":1000,"call":"runners"}"#)
    guard case .reply(let reply) = try peer.readMessage() else {
      Issue.record("no reply")
      return
    }
    #expect(reply.id == 1000)
    #expect(reply.outcome == .result(.runners([WireRunnerSnapshot(FakeController.runner)])))
  }

  @Test func `the server introduces itself without being asked`() throws {
    guard case .hello(let hello) = try peer.readMessage() else {
      Issue.record("no hello")
      return
    }
    #expect(hello.program == "fake")
    #expect(hello.processID == getpid())
  }

  @Test func `the peer's introduction is told before its first request is answered`() throws {
    peer.sendLine(
      #"{"hello":{"protocol":"runner-wire","version":1,"program":"p","programVersion":"2","#
        + #""pid":5,"firstTaskNumber":12}}"#)
    _ = peer.readLine()
    try expectAlive()
    #expect(
      hellos.elements() == [
        MonitorPeer(
          program: MonitorProgram(name: "p", version: "2"), processID: 5, firstTaskNumber: 12)
      ])
  }

  @Test(arguments: ["nonsense", "{\"id\":", "[1,2]", "{}", "\u{0}\u{1}\u{2}"])
  func `a malformed line is answered and the connection goes on`(line: String) throws {
    try greet()
    peer.sendLine(line)
    let (id, failure) = try peer.readFailure()
    #expect(id == nil)
    #expect(failure.code == "malformedMessage")
    try expectAlive()
  }

  @Test func `invalid UTF-8 is answered and the connection goes on`() throws {
    try greet()
    peer.send(Data([0xFF, 0xFE, 0x0A]))
    #expect(try peer.readFailure().failure.message == "The message is not valid UTF-8.")
    try expectAlive()
  }

  @Test func `an oversized line is answered with the limit and the connection goes on`() throws {
    try greet()
    peer.send(Data(repeating: 0x78, count: WireProtocol.maximumFrameSize + 100_000))
    peer.sendLine("")
    let (id, failure) = try peer.readFailure()
    #expect(id == nil)
    #expect(failure.code == "messageTooLarge")
    #expect(
      failure.message == "The message is longer than 8388608 bytes, the largest size allowed. "
        + "It was skipped.")
    try expectAlive()
  }

  @Test func `an unknown call is answered with its id`() throws {
    try greet()
    peer.sendLine(#"{"id":7,"call":"frobnicate"}"#)
    let (id, failure) = try peer.readFailure()
    #expect(id == 7)
    #expect(failure.code == "unknownCall")
    try expectAlive()
  }

  @Test func `another version is answered with both versions and the connection ends`() throws {
    _ = peer.readLine()
    peer.sendLine(
      #"{"hello":{"protocol":"runner-wire","version":9,"program":"p","programVersion":"2","pid":5}}"#
    )
    let (_, failure) = try peer.readFailure()
    #expect(failure.code == "versionMismatch")
    #expect(
      failure.message == "The peer speaks version 9 of runner-wire, this side version 1. "
        + "Use the same release on both sides.")
    #expect(peer.readLine() == nil)
    #expect(disconnects.elements(atLeast: 1) == ["gone"])
    #expect(hellos.elements().isEmpty)
  }

  @Test func `a request before hello is refused and the connection ends`() throws {
    _ = peer.readLine()
    peer.sendLine(#"{"id":7,"call":"runners"}"#)
    #expect(try peer.readFailure().failure.code == "unexpectedHello")
    #expect(peer.readLine() == nil)
    #expect(controller.calls.isEmpty)
  }

  @Test func `the number of an open request is refused and the first one goes on`() throws {
    try greet()
    peer.sendLine(#"{"id":7,"call":"waitForJob","arguments":{"job":1}}"#)
    controller.expectWaiting(1)
    peer.sendLine(#"{"id":7,"call":"waitForJob","arguments":{"job":1}}"#)
    #expect(try peer.readFailure().failure.code == "duplicateRequest")
    controller.end(JobID(1))
    guard case .reply(let reply) = try peer.readMessage(), case .result(.job) = reply.outcome
    else {
      Issue.record("no job")
      return
    }
    #expect(reply.id == 7)
  }

  @Test func `abandoned waits are answered before abandonWaits is`() throws {
    try greet()
    peer.sendLine(#"{"id":7,"call":"waitForJob","arguments":{"job":1}}"#)
    peer.sendLine(#"{"id":8,"call":"abandonWaits"}"#)
    let (id, failure) = try peer.readFailure()
    #expect(id == 7)
    #expect(failure.code == "abandoned")
    #expect(try peer.readMessage() == .reply(WireReply(id: 8, outcome: .result(.done))))
    try expectAlive()
  }

  @Test func `more waits than allowed are refused and the others go on`() throws {
    try greet()
    for id in 1...256 {
      peer.sendLine("{\"id\":\(id),\"call\":\"waitForJob\",\"arguments\":{\"job\":1}}")
    }
    controller.expectWaiting(256)
    peer.sendLine(#"{"id":900,"call":"interrupt","arguments":{"runner":"main"}}"#)
    let (id, failure) = try peer.readFailure()
    #expect(id == 900)
    #expect(failure.code == "tooManyRequests")
    controller.end(JobID(1))
    for _ in 1...256 { _ = try peer.readMessage() }
    controller.expectWaiting(0)
    try expectAlive()
  }

  @Test func `a reply that would be too long is an error that says so`() throws {
    try greet()
    var task = FakeController.task
    task.operation = String(repeating: "x", count: WireProtocol.maximumFrameSize)
    controller.answerTasks(with: TaskListing(tasks: [task], matching: 1, total: 1))
    peer.sendLine(
      #"{"id":7,"call":"tasks","arguments":{"order":"id","includesToolTasks":false}}"#)
    let (id, failure) = try peer.readFailure()
    #expect(id == 7)
    #expect(failure.code == "messageTooLarge")
    try expectAlive()
  }

  @Test func `a peer that leaves ends its waits and is told of once`() throws {
    try greet()
    peer.sendLine(#"{"id":7,"call":"waitForJob","arguments":{"job":1}}"#)
    controller.expectWaiting(1)
    peer.close()
    server.waitUntilDisconnected()
    controller.expectWaiting(0)
    server.disconnect()
    server.send(.note("nobody hears this"))
    #expect(disconnects.elements() == ["gone"])
  }

  @Test func `a peer that leaves in the middle of a message does no harm`() throws {
    try greet()
    peer.send(Data(#"{"id":7,"call":"interr"#.utf8))
    peer.close()
    server.waitUntilDisconnected()
    #expect(controller.calls.isEmpty)
  }

  @Test func `a peer that leaves while it is written to does no harm`() throws {
    try greet()
    let sending = onThread { [server] in
      for index in 0..<10_000 { server.send(.note("note \(index)")) }
    }
    _ = peer.readLine()
    peer.close()
    _ = sending.elements(atLeast: 1)
    server.waitUntilDisconnected()
  }

  @Test(arguments: 1...8) func `random bytes do no harm`(seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    var bytes = Data()
    for _ in 0..<50_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      bytes.append(UInt8(truncatingIfNeeded: state >> 56))
    }
    try greet()
    // Whatever is answered is read meanwhile, so that nobody waits for room.
    nonisolated(unsafe) let writer = peer
    let written = onThread { [bytes] in writer.send(bytes + Data("\n".utf8)) }
    let lines = bytes.split(separator: UInt8(ascii: "\n")).count
    for _ in 0..<lines { _ = try peer.readFailure() }
    _ = written.elements(atLeast: 1)
    try expectAlive()
    peer.close()
    server.waitUntilDisconnected()
    #expect(controller.calls == ["runners"])
  }
}

@Suite(.timeLimit(.minutes(1))) struct LookingServerTests {
  private let controller = FakeController()
  private let peer: RawPeer

  init() throws {
    let (ours, theirs) = try connectedSockets()
    peer = RawPeer(descriptor: theirs)
    _ = try MonitorServer(
      descriptor: ours, inspector: controller,
      program: MonitorProgram(name: "fake", version: "7"))
    peer.sendLine(RawPeer.hello)
    _ = peer.readLine()
  }

  @Test func `what looks is answered`() throws {
    peer.sendLine(#"{"id":7,"call":"loop","arguments":{"runner":"main"}}"#)
    #expect(
      try peer.readMessage()
        == .reply(
          WireReply(id: 7, outcome: .result(.loop(WireLoopSnapshot(FakeController.loop))))))
  }

  @Test(arguments: [
    #"{"id":7,"call":"interrupt","arguments":{"runner":"main"}}"#,
    #"{"id":7,"call":"jobs"}"#, #"{"id":7,"call":"abandonWaits"}"#,
  ])
  func `what acts is refused`(line: String) throws {
    peer.sendLine(line)
    let (id, failure) = try peer.readFailure()
    #expect(id == 7)
    #expect(failure.code == "notAllowed")
    #expect(failure.message.hasPrefix("This monitor only looks: '"))
    #expect(controller.calls.isEmpty)
  }
}
