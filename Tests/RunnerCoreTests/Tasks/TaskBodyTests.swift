import RunnerCore
import RunnerCoreTesting
import Testing

/// How a body begins and ends: what it inherits, where it ends, and what is let go of then.
@Suite(.timeLimit(.minutes(1))) struct TaskBodyTests {
  @TaskLocal static var color = "none"

  struct Failure: Error {}

  actor Shelf {
    func double(_ number: Int) -> Int { 2 * number }
    func fail() throws { throw Failure() }
  }

  final class Probe: Sendable {}

  // MARK: What is inherited

  @Test func `a task inherits the task-local variables of its maker, as they are at that moment`()
    throws
  {
    let runner = Runner.virtual()
    let loop = try runner.loop
    for _ in 0..<2 {
      try runner.run {
        let before = try loop.makeTask { Self.color }
        let red = try Self.$color.withValue("red") {
          try loop.makeTask {
            let inner = try await loop.makeTask { Self.color }.value
            let blue = try Self.$color.withValue("blue") { try loop.makeTask { Self.color } }
            return [Self.color, inner, try await blue.value, Self.color]
          }
        }
        let after = try loop.makeTask { try await loop.makeTask { Self.color }.value }
        #expect(try await before.value == "none")
        #expect(try await red.value == ["red", "red", "blue", "red"])
        #expect(try await after.value == "none")
      }
    }
  }

  @Test func `a run and its tasks inherit the task-local variables of the code that calls run`()
    throws
  {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let colors = try Self.$color.withValue("outer") {
      try runner.run {
        let made = try await loop.makeTask { Self.color }.value
        return [Self.color, made]
      }
    }
    #expect(colors == ["outer", "outer"])
    #expect(try runner.run { Self.color } == "none")
  }

  @Test func `a task has the priority of its maker`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    try runner.run {
      let own = Task.basePriority
      let made = try await loop.makeTask {
        [Task.basePriority, try await loop.makeTask { Task.basePriority }.value]
      }.value
      #expect(made == [own, own])
    }
  }

  @Test func `children of a task and plain tasks that it makes know whose they are`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let variable = ContextVariable("variable", default: 0)
    try runner.run {
      for number in 1...3 {
        let task = try loop.makeTask(named: "maker \(number)") {
          variable.set(number)
          async let child = (AnyRunnerTask.current?.name, variable.value)
          let plain = Task { variable.value }
          let (name, value) = await child
          #expect(name == "maker \(number)" && value == number)
          return await plain.value
        }
        #expect(try await task.value == number)
      }
    }
  }

  // MARK: Where it ends

  @Test func `a body whose last await is an actor's ends on its loop`() throws {
    let shelf = Shelf()
    let runner = Runner.virtual()
    let loop = try runner.loop
    try runner.run {
      let ends = Recorder<String>()
      let task = try loop.makeTask { await shelf.double(21) }
      task.whenDone { ends.note(EventLoop.running === loop ? "here" : "elsewhere") }
      #expect(try await task.value == 42)
      let failing = try loop.makeTask { try await shelf.fail() }
      await #expect(throws: Failure.self) { try await failing.value }
      #expect(failing.state == .failed && ends.events == ["here"])
    }
  }

  @Test func `values of all sizes come out of a task`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    try runner.run {
      let large = try loop.makeTask { (1, "two", [3.0, 3.5], "four and so on and on and on") }
      let (one, two, three, four) = try await large.value
      #expect(one == 1 && two == "two" && three == [3, 3.5])
      #expect(four == "four and so on and on and on")
      let none = try loop.makeTask { Int?.none }
      #expect(try await none.value == nil)
      try await loop.makeTask {}.value
    }
  }

  // MARK: What is let go of

  @Test func `what a body has captured is let go of at its end, whoever keeps the task`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    try runner.run {
      weak var watched: Probe?
      var kept: [AnyRunnerTask] = []
      do {
        let probe = Probe()
        watched = probe
        kept.append(try loop.makeTask { _ = probe })
        kept.append(try loop.makeTask { [probe] in throw probe.failure })
        // Cancelled before its first step: the body never begins.
        let cancelled = try loop.makeTask { _ = probe }
        cancelled.cancel()
        kept.append(cancelled)
      }
      #expect(watched != nil)
      for _ in 0..<3 { try await sleep(0) }
      #expect(kept.map(\.state) == [.finished, .failed, .cancelled])
      #expect(watched == nil)
      for task in kept { _ = try? task.error() }
    }
  }

  @Test func `a closed loop makes no task and lets go of the body`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    try runner.close()
    weak var watched: Probe?
    do {
      let probe = Probe()
      watched = probe
      let error = #expect(throws: RunnerError.self) { try loop.makeTask { _ = probe } }
      #expect(error?.code == .closed)
    }
    #expect(watched == nil)
  }

  @Test func `a thousand values and errors are released with their tasks`() throws {
    final class Counted: Error, Sendable {
      let counter: Recorder<Void>
      init(_ counter: Recorder<Void>) { self.counter = counter }
      deinit { counter.note(()) }
    }
    let released = Recorder<Void>()
    let runner = Runner.virtual()
    let loop = try runner.loop
    loop.exceptionHandler = { _ in }
    try runner.run {
      for number in 0..<1_000 {
        let task = try loop.makeTask { () -> Counted in
          if number % 2 == 0 { return Counted(released) }
          throw Counted(released)
        }
        _ = try? await task.value
      }
    }
    // The errors of the last 256 tasks are remembered with them, which is every other one.
    #expect(released.events.count == 1_000 - 128)
  }
}

extension TaskBodyTests.Probe {
  var failure: TaskBodyTests.Failure { TaskBodyTests.Failure() }
}
