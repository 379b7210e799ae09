import RunnerCore
import RunnerCoreTesting
import Testing

/// Generators that are left open: dropped, or still there when their runner closes.
@Suite(.timeLimit(.minutes(1))) struct GeneratorCloseTests {
  struct Failure: Error {}

  private func ticking(_ seen: Recorder<String>) -> RunnerGenerator<Int> {
    RunnerGenerator(label: "ticking") { yield in
      do {
        while true { try await yield(1) }
      } catch {
        try await sleep(1)
        seen.note("generator cleaned up")
        throw error
      }
    }
  }

  @Test func `a generator that is dropped between two values is closed by the loop`() throws {
    let runner = Runner.virtual()
    let seen = Recorder<String>()
    try runner.run {
      for try await _ in ticking(seen) { break }
      #expect(seen.events.isEmpty)
      try await sleep(2)
      #expect(seen.events == ["generator cleaned up"])
    }
    let report = try runner.close()
    #expect(report.closedGenerators == 0)
  }

  @Test func `case 114: close lets tasks clean up first, then generators`() throws {
    let runner = Runner.virtual()
    let seen = Recorder<String>()
    let generator = ticking(seen)
    try runner.run {
      _ = try await generator.next()
      try EventLoop.running?.makeTask {
        do { try await sleep(60) } catch {
          try await sleep(5)
          seen.note("task cleaned up")
        }
      }
      try await sleep(0)
    }
    let report = try runner.close()
    #expect(seen.events == ["task cleaned up", "generator cleaned up"])
    #expect(report.closedGenerators == 1)
    #expect(report.finishedTasks == 1)
    #expect(report.refusedTasks.isEmpty)
  }

  @Test
  func `case 117: main's error comes out although a leftover fails, and generators are closed`()
    throws
  {
    let seen = Recorder<String>()
    let generator = ticking(seen)
    #expect(throws: Failure.self) {
      try withRunner(Runner.Configuration(makeLoop: { .virtualTime() })) { runner in
        try runner.loop.exceptionHandler = { seen.note($0.message) }
        try runner.run {
          try EventLoop.running?.makeTask {
            do {
              for try await _ in generator { try await sleep(60) }
            } catch { throw RunnerError(.system, "in the leftover") }
          }
          try await sleep(0)
          throw Failure()
        }
      }
    }
    #expect(seen.events.contains("generator cleaned up"))
  }

  @Test func `case 120: a generator whose cleanup fails is reported, and close goes on`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let seen = Recorder<String>()
    loop.exceptionHandler = { seen.note("\($0.message): \($0.error.map { "\($0)" } ?? "")") }
    let failing = RunnerGenerator<Int>(label: "failing") { yield in
      do { try await yield(1) } catch { throw Failure() }
    }
    let other = ticking(seen)
    try runner.run {
      _ = try await failing.next()
      _ = try await other.next()
    }
    let report = try runner.close()
    #expect(report.closedGenerators == 2)
    #expect(
      seen.events == [
        "An error occurred during closing of asynchronous generator 'failing': Failure()",
        "generator cleaned up",
      ])
    #expect(loop.isClosed)
  }

  @Test func `a generator that refuses to end does not keep close from ending`() throws {
    let runner = Runner.virtual()
    let seen = Recorder<String>()
    try runner.loop.exceptionHandler = { seen.note($0.message) }
    let generator = RunnerGenerator<Int>(label: "stubborn") { yield in
      while true { try? await yield(1) }
    }
    let slow = RunnerGenerator<Int>(label: "slow") { yield in
      do { try await yield(1) } catch { while true { try? await sleep(60) } }
    }
    try runner.run {
      _ = try await generator.next()
      _ = try await slow.next()
    }
    let report = try runner.close(deadline: .seconds(10))
    #expect(report.refusedTasks.map(\.name) == ["close generator slow"])
    #expect(
      seen.events == ["An error occurred during closing of asynchronous generator 'stubborn'"])
  }

  @Test func `a generator that cleanup begins is closed as well`() throws {
    let runner = Runner.virtual()
    let seen = Recorder<String>()
    let late = ticking(seen)
    let early = RunnerGenerator<Int> { yield in
      do { try await yield(1) } catch { _ = try await late.next() }
    }
    try runner.loop.exceptionHandler = { seen.note($0.message) }
    try runner.run { _ = try await early.next() }
    let report = try runner.close()
    #expect(report.closedGenerators == 2)
    #expect(
      seen.events == [
        "The generator 'ticking' was begun after shutdownGenerators(); nobody will close it.",
        "generator cleaned up",
      ])
  }

  @Test func `shutdownGenerators closes all that are open, and reports those that begin later`()
    throws
  {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let seen = Recorder<String>()
    loop.exceptionHandler = { seen.note($0.message) }
    let (first, second) = (ticking(seen), ticking(seen))
    try runner.run {
      _ = try await first.next()
      _ = try await second.next()
      let start = loop.now
      try await loop.shutdownGenerators()
      #expect(start.duration(to: loop.now) == .seconds(1))
      #expect(try await hasEnded(first))
      #expect(seen.events == ["generator cleaned up", "generator cleaned up"])
      let late = ticking(seen)
      _ = try await late.next()
      #expect(seen.events.count == 3)
    }
    try runner.close()
  }

  @Test func `what cleanup needs of the loop is still there while generators are closed`() throws {
    let runner = Runner.virtual()
    let seen = Recorder<String>()
    let generator = RunnerGenerator<Int> { yield in
      do { try await yield(1) } catch {
        let task = try EventLoop.running?.makeTask {
          do { try await sleep(60) } catch { seen.note("task of the cleanup cancelled") }
        }
        try await task?.value
        throw error
      }
    }
    try runner.run { _ = try await generator.next() }
    try runner.close()
    #expect(seen.events == ["task of the cleanup cancelled"])
  }
}

/// Whether a generator has no further value.
private func hasEnded(_ generator: RunnerGenerator<Int>) async throws -> Bool {
  try await generator.next() == nil
}
