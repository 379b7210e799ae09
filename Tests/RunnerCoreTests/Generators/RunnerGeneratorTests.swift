import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct RunnerGeneratorTests {
  struct Failure: Error {}

  /// Counts up to a limit, giving way before each value if it is told to, and notes its cleanup.
  private func counter(
    to limit: Int, delay: Double? = nil, _ seen: Recorder<String> = Recorder()
  ) -> RunnerGenerator<Int> {
    RunnerGenerator(label: "counter") { yield in
      seen.note("began")
      do {
        for number in 1...limit {
          if let delay { try await sleep(delay) }
          try await yield(number)
        }
      } catch is CancellationError {
        try await sleep(1)
        seen.note("cleaned up")
        throw CancellationError()
      }
      seen.note("ended")
    }
  }

  @Test(arguments: [nil, 0, 0.5] as [Double?])
  func `a generator makes its values when they are asked for, and ends`(delay: Double?) throws {
    try inVirtualRunner { _ in
      let seen = Recorder<String>()
      var values: [Int] = []
      for try await value in counter(to: 3, delay: delay, seen) {
        seen.note("got \(value)")
        values.append(value)
      }
      #expect(values == [1, 2, 3])
      #expect(seen.events == ["began", "got 1", "got 2", "got 3", "ended"])
    }
  }

  @Test func `asking for a value costs no iteration and lets nobody in between`() throws {
    try inVirtualRunner { loop in
      let generator = counter(to: 2)
      let start = loop.iterations
      let intruded = Recorder<String>()
      try loop.schedule { intruded.note("callback") }
      let value1 = try await generator.next()
      #expect(value1 == 1)
      let value2 = try await generator.next()
      #expect(value2 == 2)
      #expect(try await hasEnded(generator))
      #expect(try await hasEnded(generator))
      #expect(loop.iterations == start)
      #expect(intruded.events.isEmpty)
    }
  }

  @Test func `the coroutine is part of the task that waits: its name, its context, its requests`()
    throws
  {
    let variable = ContextVariable("v", default: 0)
    try inVirtualRunner { loop in
      let generator = RunnerGenerator<String> { yield in
        while true {
          variable.set(variable.value + 1)
          try await yield("\(AnyRunnerTask.current?.name ?? "nobody") \(variable.value)")
        }
      }
      var names: [String] = []
      for name in ["a", "b", "a"] {
        let task = try loop.makeTask(named: name) {
          variable.set(10)
          return try await generator.next() ?? ""
        }
        names.append(try await task.value)
      }
      #expect(names == ["a 11", "b 11", "a 11"])
      #expect(loop.tasks.count == 1)
      try await generator.close()
    }
  }

  @Test func `cancelling the task that waits cancels the coroutine where it waits`() throws {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let generator = counter(to: 3, delay: 60, seen)
      let task = try loop.makeTask { try await generator.next() }
      try await sleep(1)
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(seen.events == ["began", "cleaned up"])
      #expect(try await hasEnded(generator))
    }
  }

  @Test func `a coroutine that swallows the request hands over its value all the same`() throws {
    try inVirtualRunner { loop in
      let generator = RunnerGenerator<String> { yield in
        do { try await sleep(60) } catch {}
        try await yield("swallowed")
      }
      let task = try loop.makeTask { try await generator.next() }
      try await sleep(1)
      task.cancel()
      #expect(try await task.value == "swallowed")
      #expect(task.cancellationRequests == 1)
    }
  }

  @Test func `an error of the coroutine comes out of next, and then it has ended`() throws {
    try inVirtualRunner { _ in
      let generator = RunnerGenerator<Int> { yield in
        try await yield(1)
        throw Failure()
      }
      let value3 = try await generator.next()
      #expect(value3 == 1)
      await #expect(throws: Failure.self) { _ = try await generator.next() }
      #expect(try await hasEnded(generator))
    }
  }

  @Test func `close ends the coroutine where it yields and waits for its cleanup`() throws {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let generator = counter(to: 3, seen)
      let value4 = try await generator.next()
      #expect(value4 == 1)
      let start = loop.now
      try await generator.close()
      #expect(start.duration(to: loop.now) == .seconds(1))
      #expect(seen.events == ["began", "cleaned up"])
      #expect(try await hasEnded(generator))
      try await generator.close()
    }
  }

  @Test func `a generator that has not begun is closed without beginning`() throws {
    try inVirtualRunner { _ in
      let seen = Recorder<String>()
      let generator = counter(to: 3, seen)
      try await generator.close()
      #expect(try await hasEnded(generator))
      #expect(seen.events.isEmpty)
    }
  }

  @Test func `an error in the cleanup comes out of close`() throws {
    try inVirtualRunner { _ in
      let generator = RunnerGenerator<Int> { yield in
        do { try await yield(1) } catch { throw Failure() }
      }
      let value5 = try await generator.next()
      #expect(value5 == 1)
      await #expect(throws: Failure.self) { try await generator.close() }
    }
  }

  @Test func `a generator that yields instead of ending when it is closed is told off`() throws {
    try inVirtualRunner { _ in
      let generator = RunnerGenerator<Int>(label: "stubborn") { yield in
        do { try await yield(1) } catch { try await yield(2) }
      }
      let value6 = try await generator.next()
      #expect(value6 == 1)
      let error = await #expect(throws: RunnerError.self) { try await generator.close() }
      #expect(
        error?.message == "The generator 'stubborn' ignored that it was closed: it yielded another "
          + "value instead of ending.")
    }
  }

  @Test func `a task that is cancelled while it waits in close gets the error`() throws {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let generator = counter(to: 3, seen)
      let value7 = try await generator.next()
      #expect(value7 == 1)
      let task = try loop.makeTask { try await generator.close() }
      try await sleep(0.5)
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(seen.events == ["began"])
    }
  }

  @Test func `two tasks cannot wait for values of one generator at the same time`() throws {
    try inVirtualRunner { loop in
      let generator = counter(to: 3, delay: 60)
      let first = try loop.makeTask { try await generator.next() }
      try await sleep(0)
      let second = await #expect(throws: RunnerError.self) { _ = try await generator.next() }
      #expect(
        second?.message == "next(): The generator 'counter' is already running; one task at a time "
          + "can wait for it.")
      let closing = await #expect(throws: RunnerError.self) { try await generator.close() }
      #expect(closing?.code == .invalidState)
      #expect(try await first.value == 1)
    }
  }

  @Test func `a generator belongs to the loop that began it`() throws {
    let generator = counter(to: 3)
    let first = Runner.virtual()
    #expect(try first.run { try await generator.next() } == 1)
    let second = Runner.virtual()
    let error = #expect(throws: RunnerError.self) {
      try second.run { try await generator.next() }
    }
    #expect(error?.code == .foreignLoop)
    try second.close()
    try first.close()
  }

  @Test func `generators can be nested, and a timeout may stand around a yield`() throws {
    try inVirtualRunner { _ in
      let doubled = RunnerGenerator<Int> { yield in
        for try await value in counter(to: 3, delay: 0.1) {
          try await timeout(.seconds(5)) { try await yield(value * 2) }
        }
      }
      let values = try await doubled.reduce(into: [Int]()) { $0.append($1) }
      #expect(values == [2, 4, 6])
    }
  }

  @Test func `a child of a task group can ask for values`() throws {
    try inVirtualRunner { _ in
      let generator = counter(to: 2, delay: 0.1)
      async let first = generator.next()
      let values = try await [first, generator.next()]
      #expect(values == [1, 2])
    }
  }

  @Test func `a task that waits for a value says so`() throws {
    try inVirtualRunner { loop in
      let generator = counter(to: 3, delay: 60)
      let task = try loop.makeTask { try await generator.next() }
      try await sleep(0)
      guard
        case .object(.generator, _, label: "counter") = loop.snapshot(of: task.id)?.wait?.subject
      else {
        Issue.record("\(String(describing: loop.snapshot(of: task.id)?.wait))")
        return
      }
      task.cancel()
    }
  }
}

/// Whether a generator has no further value.
private func hasEnded(_ generator: RunnerGenerator<Int>) async throws -> Bool {
  try await generator.next() == nil
}
