import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct TaskDescriptionTests {
  struct Failure: Error {}

  private func inRunner(_ body: sending @escaping (EventLoop) async throws -> Void) throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    loop.exceptionHandler = { _ in }
    try runner.run { try await body(loop) }
    try runner.close()
  }

  @Test func `case 91: a task that was asked to end is cancelling until its body has ended`() throws
  {
    try inRunner { loop in
      let line = #line + 3
      let made = "made in case 91: a task"
      let task =
        try loop.makeTask(named: "t") {
          do { try await sleep(10) } catch {
            try await sleep(5)
            throw error
          }
        }
      #expect(task.description.hasPrefix("<Task \(task.id) 't' created, \(made)"))
      #expect(task.description.hasSuffix("() at TaskDescriptionTests.swift:\(line)>"))
      try await sleep(1)
      #expect(task.description.hasPrefix("<Task \(task.id) 't' suspended, waiting for a timer in "))
      task.cancel()
      #expect(!task.isCancelled)
      #expect(task.description.hasPrefix("<Task \(task.id) 't' cancelling, "))
      try await sleep(1)
      #expect(task.description.hasPrefix("<Task \(task.id) 't' cancelling, waiting for a timer"))
      try await sleep(5)
      #expect(task.isCancelled)
      #expect(task.description.hasPrefix("<Task \(task.id) 't' cancelled, \(made)"))
    }
  }

  @Test func `a task says what it waits for`() throws {
    try inRunner { loop in
      let gate = loop.makeFuture(of: Void.self, label: "gate")
      let first = try loop.makeTask { try await gate.awaitValue() }
      let second = try loop.makeTask {
        try await timeout(.seconds(60)) { try await first.awaitValue() }
      }
      let third = try loop.makeTask { _ = try await gather([first, second]) }
      try await sleep(1)
      #expect(first.description.contains("waiting for future \(gate.number) 'gate' in"))
      #expect(second.description.contains("suspended, waiting for task \(first.id) in"))
      #expect(third.description.contains("waiting for 2 tasks in"))
      try gate.resolve(())
      try await third.value
    }
  }

  @Test func `a description is one line of bounded length`() throws {
    try inRunner { loop in
      let long = String(repeating: "long\n", count: 1000)
      let task = try loop.makeTask(named: long) {
        throw RunnerError(.invalidArgument, long)
      }
      let future = loop.makeFuture(of: Int.self, label: long)
      try await sleep(1)
      for description in ["\(task)", "\(future)"] {
        #expect(description.contains("long\\nlong\\n"))
        #expect(description.count < 500)
        #expect(!description.contains("\n"))
      }
    }
  }

  @Test func `case 93: a name is what was given, also later, and the number is not used up`() throws
  {
    try inRunner { loop in
      let first = try loop.makeTask {}
      let named = try loop.makeTask(named: "Task-1") {}
      named.name = "renamed"
      _ = try await timeout(.seconds(1)) { try await sleep(0) }
      let second = try loop.makeTask {}
      let number = try #require(Int(first.name.dropFirst(5)))
      #expect(first.name == "Task-\(number)")
      #expect(second.name == "Task-\(number + 1)")
      #expect(named.name == "renamed")
    }
  }
}
