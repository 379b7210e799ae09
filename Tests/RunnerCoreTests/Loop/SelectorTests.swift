import Glibc
import RunnerCore
import RunnerCoreTesting
import Testing

/// What both real selectors promise.
@Suite(.timeLimit(.minutes(1))) struct SelectorTests {
  enum Kind: CaseIterable {
    case epoll, poll

    func make() -> any LoopSelector {
      switch self {
      case .epoll: EpollSelector()
      case .poll: PollSelector()
      }
    }

    var runner: Runner {
      Runner(.init(makeLoop: { [self] in EventLoop(selector: make()) }))
    }
  }

  @Test(arguments: Kind.allCases)
  func `a task waits for input and for room on a descriptor`(kind: Kind) throws {
    let runner = kind.runner
    let pipe = try TestPipe()
    defer { pipe.close() }
    try runner.run {
      let loop = try runner.loop
      try loop.schedule(after: .milliseconds(1)) { pipe.write("x") }
      try await loop.waitUntilReadable(pipe.reading)
      #expect(pipe.read() == "x")
      try await loop.waitUntilWritable(pipe.writing)
      // Full: there is room again only after somebody has read.
      let block = String(repeating: "x", count: 4096)
      for _ in 0..<64 { pipe.write(block) }
      try loop.schedule(after: .milliseconds(1)) { while !pipe.read().isEmpty {} }
      try await loop.waitUntilWritable(pipe.writing)
    }
    try runner.close()
  }

  @Test(arguments: Kind.allCases)
  func `a wait that a signal interrupts leaves no error for readLine to find`(kind: Kind) throws {
    signal(SIGURG) { _ in }
    defer { signal(SIGURG, SIG_DFL) }
    // The threads that execute tests may keep all signals back.
    var (urgent, earlier) = (sigset_t(), sigset_t())
    sigaddset(&urgent, SIGURG)
    pthread_sigmask(SIG_UNBLOCK, &urgent, &earlier)
    defer { pthread_sigmask(SIG_SETMASK, &earlier, nil) }
    let selector = kind.make()
    defer { selector.close() }
    let waiter = pthread_self()
    let hasWaited = Latch()
    // As often as it takes to come while the thread waits.
    let sender = startThread {
      while !hasWaited.wait(limit: .milliseconds(5)) { pthread_kill(waiter, SIGURG) }
    }
    defer { sender.join() }
    var events: [DescriptorEvent] = []
    let start = ContinuousClock.now
    errno = 0
    try selector.wait(upTo: .seconds(20), into: &events)
    let error = errno
    hasWaited.open()
    #expect(ContinuousClock.now - start < .seconds(20))
    #expect(error == 0)
  }

  @Test(arguments: Kind.allCases)
  func `a reader and a writer of one descriptor are told apart, and removed one by one`(kind: Kind)
    throws
  {
    var ends: [Int32] = [0, 0]
    #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    defer { for end in ends { Glibc.close(end) } }
    let (near, far) = (ends[0], ends[1])
    let seen = Recorder<String>()
    let runner = kind.runner
    try runner.run {
      let loop = try runner.loop
      try loop.addReader(near) { seen.note("reader") }
      try loop.addWriter(near) {
        seen.note("writer")
        loop.removeWriter(near)
        _ = Glibc.write(far, "x", 1)
      }
      while !seen.events.contains("reader") { try await sleep(0) }
      #expect(seen.events.filter { $0 == "writer" } == ["writer"])
      #expect(loop.removeReader(near))
      #expect(!loop.removeReader(near))
      let count = seen.events.count
      for _ in 0..<5 { try await sleep(0) }
      #expect(seen.events.count <= count + 1)
    }
    try runner.close()
  }

  @Test(arguments: Kind.allCases)
  func `the end of the other side counts as input`(kind: Kind) throws {
    let runner = kind.runner
    let pipe = try TestPipe()
    try runner.run {
      let loop = try runner.loop
      try loop.schedule(after: .milliseconds(1)) { Glibc.close(pipe.writing) }
      try await loop.waitUntilReadable(pipe.reading)
      #expect(pipe.read() == "")
    }
    Glibc.close(pipe.reading)
    try runner.close()
  }

  @Test(arguments: Kind.allCases)
  func `a closed descriptor is refused, and one that is closed while it is watched does no harm`(
    kind: Kind
  ) throws {
    let runner = kind.runner
    try runner.run {
      let loop = try runner.loop
      let pipe = try TestPipe()
      try loop.addReader(pipe.reading) {}
      pipe.close()
      try await sleep(0.001)
      #expect(loop.removeReader(pipe.reading))
      let error = #expect(throws: RunnerError.self) { try loop.addReader(pipe.reading) {} }
      #expect(
        error?.message == "The event loop could not watch descriptor \(pipe.reading): "
          + "Bad file descriptor.")
      let before = loop.iterations
      try await sleep(0.005)
      #expect(loop.iterations - before < 20, "the loop does not spin")
    }
    try runner.close()
  }

  @Test(arguments: Kind.allCases)
  func `more than 1024 descriptors are watched at once`(kind: Kind) throws {
    var limits = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
    limits.rlim_cur = min(limits.rlim_max, max(limits.rlim_cur, 4096))
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
    try #require(limits.rlim_cur >= 2400)
    let count = 1100
    let pipes = try (0..<count).map { _ in try TestPipe() }
    defer { for pipe in pipes { pipe.close() } }
    #expect(pipes.map(\.reading).max() ?? 0 > 1024)
    let runner = kind.runner
    try runner.run {
      let loop = try runner.loop
      let tasks = try pipes.map { pipe in
        try loop.makeTask {
          try await loop.waitUntilReadable(pipe.reading)
          return pipe.read()
        }
      }
      try await sleep(0.001)
      for (number, pipe) in pipes.enumerated() { pipe.write("\(number)") }
      #expect(try await gather(tasks) == (0..<count).map(String.init))
    }
    try runner.close()
  }

  @Test(arguments: Kind.allCases)
  func `each call from another thread wakes a loop that has just gone to sleep`(kind: Kind) throws {
    let runner = kind.runner
    let loop = try runner.loop
    let rounds = Recorder<Int>()
    let thread = startThread {
      for round in 0..<1000 {
        _ = try? loop.scheduleThreadSafe { rounds.note(round) }
        while rounds.events.count <= round { sched_yield() }
      }
      loop.stop()
    }
    try loop.runForever()
    thread.join()
    #expect(rounds.events == Array(0..<1000))
    try runner.close()
  }

  @Test(arguments: Kind.allCases)
  func `timers fire in time, and not before it`(kind: Kind) throws {
    let runner = kind.runner
    try runner.run {
      let loop = try runner.loop
      let start = loop.now
      try await sleep(0.003)
      #expect(start.duration(to: loop.now) >= .milliseconds(3))
    }
    try runner.close()
  }

  @Test func `a loop on poll has virtual time as well`() throws {
    let clock = VirtualClock()
    let runner = Runner(
      .init(makeLoop: {
        EventLoop(clock: clock, selector: VirtualSelector(clock: clock, base: PollSelector()))
      }))
    try runner.run { try await sleep(3600) }
    #expect(clock.now.nanoseconds == 3_600_000_000_000)
    try runner.close()
  }
}
