@testable import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct RunnerEventTests {
  @Test func `set lets all that wait go on, in the order in which they came`() throws {
    try inVirtualRunner { loop in
      let event = RunnerEvent()
      let seen = Recorder<Int>()
      func makeTask(_ number: Int) throws {
        try loop.makeTask {
          try await event.wait()
          seen.note(number)
        }
      }
      #expect(!event.isSet)
      try makeTask(1)
      try makeTask(2)
      try await sleep(0)
      #expect(seen.events == [])
      try makeTask(3)
      event.set()
      try await sleep(0)
      // The third one has not begun to wait: it is not suspended at all.
      #expect(seen.events == [3, 1, 2])
    }
  }

  @Test func `waiting for an event that is set does not suspend`() throws {
    try inVirtualRunner { _ in
      let event = RunnerEvent()
      event.set()
      let steps = AnyRunnerTask.current?.steps
      try await event.wait()
      #expect(AnyRunnerTask.current?.steps == steps)
    }
  }

  @Test func `a task that is cancelled while it waits leaves the event`() throws {
    try inVirtualRunner { loop in
      let event = RunnerEvent()
      let task = try loop.makeTask { try await event.wait() }
      try loop.schedule { task.cancel() }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(event.description == "<Event \(event.number) unset>")
    }
  }

  @Test func `clear takes the flag back`() {
    let event = RunnerEvent()
    #expect(!event.isSet)
    event.set()
    #expect(event.isSet)
    event.clear()
    #expect(!event.isSet)
  }

  @Test func `those that were let go on do so although the flag is cleared again`() throws {
    try inVirtualRunner { loop in
      let event = RunnerEvent()
      let task = try loop.makeTask { try await event.wait() }
      try await sleep(0)
      event.set()
      event.clear()
      #expect(!event.isSet)
      event.set()
      event.set()
      #expect(event.description == "<Event \(event.number) set, 1 waiting>")
      try await sleep(0)
      #expect(event.description == "<Event \(event.number) set>")
      #expect(task.isDone)
    }
  }

  @Test func `a description says whether the flag is set`() throws {
    let event = RunnerEvent(label: "ready")
    #expect(event.description == "<Event \(event.number) 'ready' unset>")
    event.set()
    #expect(event.description == "<Event \(event.number) 'ready' set>")
  }

  @Test func `a snapshot says that a task waits for the event`() throws {
    try inVirtualRunner { loop in
      let event = RunnerEvent(label: "ready")
      let line = #line + 1
      let task = try loop.makeTask { try await event.wait() }
      try await sleep(2)
      let wait = TaskPicture(of: loop).snapshot(of: task, awaitedBy: []).wait
      #expect(wait?.subject == .object(.event, number: event.number, label: "ready"))
      #expect(wait?.elapsed == .seconds(2))
      #expect(wait?.site?.line == line)
      #expect(wait?.holder == nil)
      event.set()
    }
  }

  @Test func `an event of another loop is refused`() throws {
    let event = RunnerEvent()
    event.set()
    try inVirtualRunner { _ in try await event.wait() }
    try inVirtualRunner { _ in
      let error = await #expect(throws: RunnerError.self) { try await event.wait() }
      #expect(
        error?.message
          == "Event \(event.number) is bound to a different event loop, 'virtual'; make one for each"
          + " loop.")
    }
  }

  @Test func `an event is set from another thread through scheduleThreadSafe`() throws {
    try withRunner { runner in
      let loop = try runner.loop
      let event = RunnerEvent()
      try runner.run {
        let thread = startThread { _ = try? loop.scheduleThreadSafe { event.set() } }
        defer { thread.join() }
        try await event.wait()
      }
      #expect(event.isSet)
    }
  }

  @Test func `an event that is set while no thread runs the loop wakes its task in the next run`()
    throws
  {
    try withRunner { runner in
      let event = RunnerEvent()
      let task = try runner.loop.makeTask { try await event.wait() }
      try runner.run { try await sleep(0) }
      event.set()
      #expect(task.state == .ready)
      try runner.run { try await task.value }
    }
  }

  @Test(arguments: [true, false])
  func `child tasks wait for an event, and heed the cancellation of their parent`(
    takingFlagsBack: Bool
  ) throws {
    try inVirtualRunner(takingFlagsBack: takingFlagsBack) { loop in
      let event = RunnerEvent()
      try loop.schedule(after: .seconds(1)) { event.set() }
      async let first: Void = event.wait()
      async let second: Void = event.wait()
      _ = try await (first, second)
      event.clear()
      let parent = try loop.makeTask {
        async let child: Void = event.wait()
        try await child
      }
      try await sleep(0)
      parent.cancel()
      await #expect(throws: CancellationError.self) { try await parent.value }
      #expect(event.description == "<Event \(event.number) unset>")
    }
  }
}
