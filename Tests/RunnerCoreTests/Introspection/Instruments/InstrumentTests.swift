import Glibc
import RunnerCore
import RunnerCoreTesting
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct InstrumentTests {
  private func trace(
    _ tracer: Tracer = Tracer(), _ body: sending @escaping (EventLoop) async throws -> Void
  ) throws -> Tracer {
    let runner = Runner.virtual()
    let loop = try runner.loop
    loop.addInstrument(tracer)
    try runner.run(named: "main") { try await body(loop) }
    loop.removeInstrument(tracer)
    try runner.close()
    return tracer
  }

  @Test func `the life of two tasks is told in its order`() throws {
    let tracer = try trace { loop in
      let child = try loop.makeTask(named: "child") { try await sleep(1) }
      try await child.awaitValue()
    }
    #expect(
      tracer.events(without: "callback") == [
        "made main", "step of main", "made child", "main waits for child in InstrumentTests.swift",
        "end of step of main", "step of child",
        "child waits for a timer of 1.0 seconds in InstrumentTests.swift", "end of step of child",
        "wait for 1.0 seconds", "has waited", "child woken by timer", "step of child",
        "finished child", "main woken by child", "end of step of child", "step of main",
        "finished main", "end of step of main",
      ])
  }

  @Test func `a wait tells what ended it`() throws {
    let tracer = try trace { loop in
      let gate: RunnerFuture<Void> = loop.makeFuture(label: "gate")
      let pipe = try TestPipe()
      defer { pipe.close() }
      try loop.schedule { try? gate.resolve(()) }
      try await gate.value
      pipe.write("x")
      try await loop.waitUntilReadable(pipe.reading)
      try await sleep(0)
      await Task.yield()
      let sleeper = try loop.makeTask(named: "sleeper") { try await sleep(100) }
      try await sleep(0)
      sleeper.cancel(message: "enough")
      _ = try? await sleeper.value
      let main = try #require(AnyRunnerTask.current)
      await withCheckedContinuation { continuation in
        _ = startThread {
          while main.state != .suspended { sched_yield() }
          continuation.resume()
        }
      }
    }
    #expect(
      tracer.events(without: "callback", "step", "end of", "made", "has", "wait for") == [
        "main waits for future gate", "main woken by a callback of InstrumentTests.swift",
        "main waits for input in InstrumentTests.swift", "main woken by a descriptor",
        "main waits for the next iteration in InstrumentTests.swift", "main woken by main",
        // Swift's own yield goes through a job of its own, which the loop does not know.
        "main waits for something outside", "main woken by outside",
        "main waits for the next iteration in InstrumentTests.swift", "main woken by main",
        "sleeper waits for a timer of 100.0 seconds in InstrumentTests.swift",
        "sleeper asked to end: task(\(tracer.id(of: "main"))), enough",
        "sleeper woken by cancellation", "main waits for sleeper", "cancelled sleeper",
        "main woken by sleeper", "main waits for something outside", "main woken by outside",
        "finished main",
      ])
  }

  @Test func `the body of a timeout is told as the task that called it`() throws {
    let tracer = try trace { loop in
      try await timeout(.seconds(10)) { try await sleep(1) }
      await #expect(throws: RunnerTimeoutError.self) {
        try await timeout(.seconds(2)) { try await sleep(30) }
      }
    }
    #expect(
      tracer.events(without: "callback", "wait", "has") == [
        "made main", "step of main",
        "main waits for a timer of 1.0 seconds in InstrumentTests.swift", "end of step of main",
        "main woken by timer", "step of main",
        "main waits for a timer of 30.0 seconds in InstrumentTests.swift", "end of step of main",
        "main asked to end: timeout, no reason", "main woken by cancellation", "step of main",
        "finished main", "end of step of main",
      ])
  }

  @Test func `an eager task's step is told inside of its maker's`() throws {
    let tracer = try trace { loop in
      try await loop.makeTask(named: "eager", eagerStart: true) { try await sleep(0) }.value
    }
    #expect(
      tracer.events(without: "callback") == [
        "made main", "step of main", "made eager", "step of eager",
        "eager waits for the next iteration in InstrumentTests.swift", "eager woken by eager",
        "end of step of eager", "main waits for eager", "end of step of main", "step of eager",
        "finished eager", "main woken by eager", "end of step of eager", "step of main",
        "finished main", "end of step of main",
      ])
  }

  @Test func `a generator is told as the task that wants its values`() throws {
    let tracer = try trace { loop in
      let numbers = RunnerGenerator<Int>(label: "numbers") { yield in
        try await sleep(1)
        try await yield(1)
      }
      for try await _ in numbers {}
    }
    let events = tracer.events(without: "callback", "wait for", "has", "step", "end of")
    #expect(events.allSatisfy { $0.contains("main") })
    #expect(events.contains("main waits for a timer of 1.0 seconds in InstrumentTests.swift"))
    // The last thing that is told of a wait is its end.
    let waits = events.filter { $0.contains("waits") || $0.contains("woken") }
    #expect(waits.last?.contains("woken") == true)
  }

  @Test func `a task that another thread makes is told before its first step`() throws {
    let runner = Runner(.init(name: "threads"))
    let loop = try runner.loop
    let tracer = Tracer()
    loop.addInstrument(tracer)
    try runner.run(named: "main") {
      let gate: RunnerFuture<Void> = loop.makeFuture()
      _ = startThread {
        _ = try? loop.makeTask(named: "foreign") { try gate.resolve(()) }
      }
      try await gate.value
    }
    let events = tracer.events()
    let made = try #require(events.firstIndex(of: "made foreign"))
    let began = try #require(events.firstIndex(of: "step of foreign"))
    #expect(made < began)
    try runner.close()
  }

  @Test func `requests of close are told with their maker`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let tracer = Tracer()
    loop.addInstrument(tracer)
    try runner.run {
      _ = try loop.makeTask(named: "left") { try await sleep(100) }
      try await sleep(0)
    }
    try runner.close()
    #expect(tracer.events().contains("left asked to end: close, no reason"))
    #expect(tracer.events().contains("cancelled left"))
  }

  // MARK: Coming and going

  @Test func `one that is added twice is told once, and one that is removed no more`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let tracer = Tracer()
    loop.addInstrument(tracer)
    loop.addInstrument(tracer)
    #expect(loop.snapshot().instruments == ["Tracer"])
    _ = try loop.makeTask(named: "one") {}
    #expect(tracer.events() == ["made one"])
    #expect(loop.removeInstrument(tracer))
    #expect(!loop.removeInstrument(tracer))
    _ = try loop.makeTask(named: "two") {}
    #expect(tracer.events() == ["made one"])
    #expect(loop.snapshot().instruments.isEmpty)
    try runner.close()
  }

  @Test func `one that comes and goes in the middle of steps sees whole steps afterwards`() throws {
    let tracer = Tracer()
    let runner = Runner.virtual()
    let loop = try runner.loop
    try runner.run(named: "main") {
      for _ in 0..<3 {
        loop.addInstrument(tracer)
        try await sleep(0)
        loop.removeInstrument(tracer)
        try await sleep(0)
      }
      loop.addInstrument(tracer)
      try await sleep(0)
      try await sleep(0)
      loop.removeInstrument(tracer)
    }
    #expect(
      tracer.events(without: "callback", "main").suffix(4) == [
        "step of main", "step of main", "end of step of main", "step of main",
      ])
    try runner.close()
  }

  // MARK: Mistakes

  private struct Broken: Error {}

  /// Throws the second time that a step begins.
  private final class Fragile: RunnerInstrument {
    let calls = Atomic(0)

    func stepBegan(of task: AnyRunnerTask) throws {
      if calls.add(1, ordering: .relaxed).newValue == 2 { throw Broken() }
    }
  }

  @Test func `one that throws is removed and reported, and the others and the loop go on`() throws {
    let runner = Runner.virtual(name: "lab")
    let loop = try runner.loop
    let (fragile, tracer) = (Fragile(), Tracer())
    let reports = Recorder<LoopReport>()
    loop.exceptionHandler = { reports.note($0) }
    loop.addInstrument(fragile)
    loop.addInstrument(tracer)
    let value = try runner.run {
      for _ in 0..<5 { try await sleep(0) }
      return 7
    }
    #expect(value == 7)
    #expect(fragile.calls.load(ordering: .relaxed) == 2)
    #expect(tracer.events().count { $0.hasPrefix("step of") } == 6)
    #expect(loop.snapshot().instruments == ["Tracer"])
    #expect(reports.events.count == 1)
    #expect(
      reports.events.first?.message
        == "The instrument Fragile of the loop 'lab' has thrown an error and was removed; add it"
        + " again when it is repaired.")
    #expect(reports.events.first?.error is Broken)
    try runner.close()
  }

  /// Makes a task for each task.
  private final class Busybody: RunnerInstrument {
    let made = Atomic(0)

    func taskMade(_ task: AnyRunnerTask) throws {
      made.add(1, ordering: .relaxed)
      try task.loop.makeTask(eagerStart: true) { try await sleep(0) }
    }
  }

  @Test func `what an instrument does to the loop is not told`() throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    let busybody = Busybody()
    loop.addInstrument(busybody)
    try runner.run {
      try await loop.makeTask {}.value
      try await sleep(1)
    }
    #expect(busybody.made.load(ordering: .relaxed) == 2)
    try runner.close()
  }
}
