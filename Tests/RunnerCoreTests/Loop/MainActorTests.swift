import RunnerCore
import Testing

/// The main actor while a loop runs on the main thread, in a process that has a real one.
@Suite(.timeLimit(.minutes(1))) struct MainActorTests {
  private func run(_ scenario: String) throws -> [String] {
    let child = try ChildProcess("interrupt-fixture", scenario)
    let lines = child.lines()
    #expect(child.wait() == .exited(0))
    return lines
  }

  @Test func `code of the main actor and of the main queue runs while run blocks the main thread`()
    throws
  {
    #expect(
      try run("main-actor") == [
        "value: 1, 2", "value: in Task-2, Task-2", "value: task 3", "value: queue",
      ])
  }

  @Test func `a loop that never waits serves the main queue all the same`() throws {
    #expect(try run("main-actor-busy") == ["value: served"])
  }

  @Test func `a task that waits inside the main actor can be cancelled, and is ended by close`()
    throws
  {
    #expect(
      try run("main-actor-cancel") == ["value: cancelled: true", "closed: 1, refused: 0"])
  }

  @Test func `the main actor works under virtual time`() throws {
    #expect(try run("main-actor-virtual") == ["value: in Task-1, Task-1, 1"])
  }

  @Test func `on another thread the loop leaves the main queue alone and does not spin`() throws {
    #expect(try run("main-actor-threads") == ["value: turns: few", "value: 1"])
  }
}
