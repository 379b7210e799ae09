import RunnerCore
import RunnerCoreTesting
import Testing

/// Each test runs on a thread of its own: the current loop is a thread's.
@Suite(.timeLimit(.minutes(1))) struct CurrentLoopTests {
  @Test func `case 39: the first use makes the loop current, and later runs do not`() async throws {
    try await onOwnThread {
      #expect(EventLoop.current == nil)
      let first = Runner()
      #expect(EventLoop.current == nil)
      try first.run {}
      #expect(try EventLoop.current === first.loop)
      let second = Runner()
      _ = try second.loop
      try first.run {}
      #expect(try EventLoop.current === second.loop)
      try first.close()
      try second.close()
    }
  }

  @Test func `case 40: close makes current what was before`() async throws {
    try await onOwnThread {
      let outer = Runner()
      let inner = Runner()
      _ = try (outer.loop, inner.loop)
      try inner.close()
      #expect(try EventLoop.current === outer.loop)
      try outer.close()
      #expect(EventLoop.current == nil)
    }
  }

  @Test func `case 41: a runner with a makeLoop neither takes the place nor empties it`()
    async throws
  {
    try await onOwnThread {
      let made = Runner(.init(makeLoop: { EventLoop() }))
      try made.run {}
      #expect(EventLoop.current == nil)
      let own = Runner()
      _ = try own.loop
      try made.close()
      #expect(try EventLoop.current === own.loop)
      try own.close()
    }
  }

  @Test func `case 42: of two open runners the one that is left is current, whichever is closed`()
    async throws
  {
    try await onOwnThread {
      for closesFirst in [true, false] {
        let runners = [Runner(), Runner()]
        for runner in runners { _ = try runner.loop }
        let (closed, left) = closesFirst ? (runners[0], runners[1]) : (runners[1], runners[0])
        try closed.close()
        #expect(try EventLoop.current === left.loop)
        try left.close()
        #expect(EventLoop.current == nil)
      }
    }
  }

  @Test
  func `case 42: a runner that another thread closes leaves the place of the one that made it`()
    async throws
  {
    try await onOwnThread {
      let (first, second) = (Runner(), Runner())
      _ = try (first.loop, second.loop)
      let seen = Recorder<Bool>()
      startThread {
        seen.note(EventLoop.current == nil)
        _ = try? second.close()
        seen.note(EventLoop.current == nil)
      }.join()
      #expect(seen.events == [true, true])
      #expect(try EventLoop.current === first.loop)
      try first.close()
    }
  }

  @Test func `the loop that runs comes before the thread's, and a closed one is let go`()
    async throws
  {
    try await onOwnThread {
      let own = Runner()
      _ = try own.loop
      weak var kept: EventLoop?
      do {
        let other = Runner.virtual()
        let loop = try other.loop
        let isCurrent = try other.run { EventLoop.current === loop && EventLoop.running === loop }
        #expect(isCurrent)
        try other.close()
        let dropped = Runner()
        kept = try dropped.loop
        #expect(EventLoop.current === kept)
      }
      #expect(kept == nil)
      #expect(try EventLoop.current === own.loop)
      try own.close()
    }
  }
}
