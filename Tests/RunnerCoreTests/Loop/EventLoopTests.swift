import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct EventLoopTests {
  struct Failure: Error {}

  @Test
  func `case 60: callbacks are made in order, and one that is scheduled by another comes later`()
    throws
  {
    let seen = Recorder<String>()
    let loop = EventLoop()
    try loop.schedule {
      seen.note("a")
      try loop.schedule { seen.note("c") }
    }
    try loop.schedule {
      seen.note("b")
      loop.stop()
    }
    try loop.runForever()
    #expect(seen.events == ["a", "b"])
    try loop.schedule { loop.stop() }
    try loop.runForever()
    #expect(seen.events == ["a", "b", "c"])
    try loop.close()
  }

  @Test func `case 61: a cancelled callback is never made`() throws {
    let seen = Recorder<String>()
    let loop = EventLoop()
    let callback = try loop.schedule { seen.note("never") }
    callback.cancel()
    try loop.schedule { loop.stop() }
    try loop.runForever()
    #expect(seen.events.isEmpty)
    try loop.close()
  }

  @Test func `case 62: a due timer comes after what was ready and before what that schedules`()
    throws
  {
    let seen = Recorder<String>()
    let clock = VirtualClock()
    let loop = EventLoop.virtualTime(clock: clock)
    try loop.schedule(after: .zero) { seen.note("timer") }
    try loop.schedule {
      seen.note("ready")
      try loop.schedule {
        seen.note("scheduled by ready")
        loop.stop()
      }
    }
    try loop.runForever()
    #expect(seen.events == ["ready", "timer", "scheduled by ready"])
    try loop.close()
  }

  @Test func `case 63: timers fire in the order of their deadlines, equal ones as they came`()
    throws
  {
    let seen = Recorder<Int>()
    let loop = EventLoop.virtualTime()
    let delays = [5, 1, 3, 1, 5, 2, 3, 1]
    for (index, delay) in delays.enumerated() {
      try loop.schedule(after: .seconds(delay)) { seen.note(delay * 100 + index) }
    }
    try loop.schedule(after: .seconds(9)) { loop.stop() }
    try loop.runForever()
    #expect(seen.events == [101, 103, 107, 205, 302, 306, 500, 504])
    try loop.close()
  }

  @Test func `case 64: many cancelled timers neither fire nor delay`() throws {
    let seen = Recorder<Int>()
    let loop = EventLoop.virtualTime()
    let callbacks = try (0..<1000).map { index in
      try loop.schedule(after: .seconds(1)) { seen.note(index) }
    }
    for callback in callbacks.dropLast() { callback.cancel() }
    try loop.schedule(after: .seconds(2)) { loop.stop() }
    try loop.runForever()
    #expect(seen.events == [999])
    #expect(loop.now == LoopInstant(nanoseconds: 2_000_000_000))
    try loop.close()
  }

  @Test func `what ends with a timer that was given up may set timers`() throws {
    /// Sets one when it ends.
    final class Last: Sendable {
      let loop: EventLoop
      let seen: Recorder<Int>

      init(_ loop: EventLoop, _ seen: Recorder<Int>) { (self.loop, self.seen) = (loop, seen) }

      deinit {
        let seen = seen
        _ = try? loop.schedule(after: .seconds(1)) { seen.note(1) }
      }
    }
    let seen = Recorder<Int>()
    let loop = EventLoop.virtualTime()
    // Some are taken out while others are set, some when it is asked which is the next, some by the close.
    for _ in 0..<2_000 {
      let last = Last(loop, seen)
      try loop.schedule(after: .seconds(5)) { withExtendedLifetime(last) {} }.cancel()
    }
    try loop.schedule(after: .seconds(9)) {}
    try loop.schedule(after: .seconds(20)) { loop.stop() }
    try loop.runForever()
    #expect(seen.events.count == 2_000)
    let last = Last(loop, seen)
    try loop.schedule(after: .seconds(5)) { withExtendedLifetime(last) {} }
    try loop.close()
  }

  @Test
  func `case 65: after a stop the rest of the iteration is done, and what it schedules waits`()
    throws
  {
    let loop = EventLoop.virtualTime()
    let seen = Recorder<String>()
    try loop.schedule {
      seen.note("first")
      loop.stop()
      try loop.schedule { seen.note("of the first") }
    }
    try loop.schedule {
      seen.note("second")
      try loop.schedule { seen.note("of the second") }
    }
    try loop.runForever()
    #expect(seen.events == ["first", "second"])
    loop.stop()
    try loop.runForever()
    #expect(seen.events == ["first", "second", "of the first", "of the second"])
    try loop.close()
  }

  @Test func `case 66: after a stop that came before, the loop makes one iteration`() throws {
    let seen = Recorder<String>()
    let loop = EventLoop()
    loop.stop()
    try loop.schedule { seen.note("once") }
    try loop.runForever()
    #expect(seen.events == ["once"])
    try loop.close()
  }

  @Test func `case 67: a sleep of zero or less takes exactly one iteration`() throws {
    let seen = Recorder<String>()
    let runner = Runner.virtual()
    try runner.run {
      let loop = try runner.loop
      try loop.schedule {
        seen.note("1")
        try loop.schedule { seen.note("2") }
      }
      try await sleep(0)
      seen.note("after 0")
      try await sleep(-1)
      seen.note("after -1")
    }
    try runner.close()
    #expect(seen.events == ["1", "after 0", "2", "after -1"])
  }

  @Test func `case 67: a sleep of NaN is refused`() throws {
    try withRunner { runner in
      let error = try #require(throws: RunnerError.self) {
        try runner.run { try await sleep(.nan) }
      }
      #expect(error.message == "Invalid delay: NaN (not a number of seconds).")
    }
  }

  @Test func `case 68: awaiting what is done lets nothing else run`() throws {
    let seen = Recorder<String>()
    let runner = Runner.virtual()
    try runner.run {
      let loop = try runner.loop
      let task = try loop.makeTask { 1 }
      _ = try await task.value
      try loop.schedule { seen.note("other") }
      _ = try await task.value
      seen.note("main")
      try await sleep(0)
    }
    try runner.close()
    #expect(seen.events == ["main", "other"])
  }

  @Test func `case 69: an awaiter resumes one iteration after the end, a gather two`() throws {
    let runner = Runner.virtual()
    let (single, gathered) = try runner.run {
      let loop = try runner.loop
      let iteration = { @Sendable in try! runner.loop.iterations }
      let first = try loop.makeTask {
        try await sleep(1)
        return iteration()
      }
      let ended = try await first.value
      let single = iteration() - ended
      let second = try loop.makeTask {
        try await sleep(1)
        return iteration()
      }
      let endedToo = try await gather([second])[0]
      return (single, iteration() - endedToo)
    }
    try runner.close()
    #expect(single == 1)
    #expect(gathered == 2)
  }

  @Test func `case 70: the first step of a new task is in the next iteration`() throws {
    let runner = Runner.virtual()
    let distance = try runner.run {
      let before = try runner.loop.iterations
      let task = try runner.loop.makeTask { try runner.loop.iterations }
      return try await task.value - before
    }
    try runner.close()
    #expect(distance == 1)
  }

  @Test func `case 71: a closed loop refuses everything, and closing again is fine`() throws {
    let loop = EventLoop(name: "shut")
    try loop.close()
    try loop.close()
    #expect(throws: RunnerError.self) { try loop.schedule {} }
    #expect(throws: RunnerError.self) { try loop.scheduleThreadSafe {} }
    #expect(throws: RunnerError.self) { try loop.makeTask {} }
    let error = try #require(throws: RunnerError.self) { try loop.runForever() }
    #expect(error.message == "Event loop is closed: 'shut' takes no more work.")
  }

  @Test func `case 71: a running loop cannot be closed`() throws {
    try withRunner { runner in
      try runner.run {
        let error = try #require(throws: RunnerError.self) { try runner.loop.close() }
        #expect(error.message == "Cannot close a running event loop.")
      }
    }
  }

  @Test func `case 72: starting a loop inside a loop is refused, and the outer one is unharmed`()
    throws
  {
    try withRunner { runner in
      let value = try runner.run {
        let same = try #require(throws: RunnerError.self) { try runner.loop.runForever() }
        #expect(same.message == "This event loop is already running.")
        let other = try #require(throws: RunnerError.self) { try EventLoop().runForever() }
        #expect(other.message == "Cannot run the event loop while another loop is running.")
        try await sleep(0)
        return 7
      }
      #expect(value == 7)
    }
  }

  @Test func `case 73: a callback that throws is reported, and later ones are made`() throws {
    let reports = Recorder<LoopReport>()
    let seen = Recorder<String>()
    let loop = EventLoop()
    loop.exceptionHandler = { reports.note($0) }
    try loop.schedule { throw Failure() }
    try loop.schedule {
      seen.note("later")
      loop.stop()
    }
    try loop.runForever()
    #expect(reports.events.first?.message == "Exception in callback")
    #expect(reports.events.first?.error is Failure)
    #expect(seen.events == ["later"])
    try loop.close()
  }

  @Test func `case 75: a call from another thread wakes a loop that waits`() throws {
    let loop = EventLoop()
    let thread = startThread {
      while loop.phase != .waiting {}
      _ = try? loop.scheduleThreadSafe { loop.stop() }
    }
    try loop.runForever()
    thread.join()
    try loop.close()
  }

  @Test func `eight threads schedule a hundred thousand calls, and none is lost`() throws {
    let loop = EventLoop()
    let count = Recorder<Int>()
    let threads = (0..<8).map { thread in
      startThread {
        for _ in 0..<12_500 {
          _ = try? loop.scheduleThreadSafe { count.note(thread) }
        }
        _ = try? loop.scheduleThreadSafe { count.note(100 + thread) }
      }
    }
    let runner = Runner(.init(makeLoop: { loop }))
    try runner.run {
      while count.events.count < 100_008 { try await sleep(0.001) }
    }
    for thread in threads { thread.join() }
    for thread in 0..<8 { #expect(count.events.filter { $0 == thread }.count == 12_500) }
    try runner.close()
  }
}
