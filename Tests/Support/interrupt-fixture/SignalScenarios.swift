import Glibc
import RunnerCore

/// Handlers of a loop's user, and signals that cannot have one.
let signalScenarios: [String: @Sendable () throws -> Void] = [
  "sigint-and-sigterm": {
    try withRunner(.init(interruptSignals: [SIGINT, SIGTERM])) { runner in
      for _ in 0..<2 {
        announce("ready", when: try runner.loop)
        tell(runner) {
          try await sleep(3600)
          return "never"
        }
      }
    }
    say("after: \(disposition())")
  },
  "refused": {
    // The kernel lets nobody handle SIGKILL and SIGSTOP, and there are no signals 0, 32 and 999.
    for signal in [SIGKILL, SIGSTOP, 0, 32, 999] {
      let runner = Runner(.init(name: "main", interruptSignals: [SIGINT, signal]))
      do { _ = try runner.loop } catch { say("\(error)") }
      say(runner.phase.rawValue)
    }
  },
  "failing-handler": {
    struct Failure: Error {}
    try withRunner { runner in
      let loop = try runner.loop
      loop.exceptionHandler = { report in
        say("\(report.message): \(report.error.map { "\(type(of: $0))" } ?? "no error")")
      }
      try loop.addSignalHandler(SIGUSR1) { throw Failure() }
      tell(runner) {
        raise(SIGUSR1)
        for _ in 0..<4 { try await sleep(0) }
        return "ran"
      }
    }
  },
  "signal-handler": {
    try withRunner { runner in
      let loop = try runner.loop
      let calls = Calls()
      let third = loop.makeFuture(of: Void.self)
      announce("ready", when: loop)
      tell(runner) {
        try loop.addSignalHandler(SIGUSR1) {
          say("handler, on the loop: \(EventLoop.running === loop)")
          announce("ready", when: loop, after: loop.iterations)
          if calls.next() == 3 { try third.resolve(()) }
        }
        try await third.value
        say("removed: \(try loop.removeSignalHandler(SIGUSR1))")
        say("again: \(try loop.removeSignalHandler(SIGUSR1))")
        return "three"
      }
    }
    say("after: \(disposition(of: SIGUSR1))")
  },
  "busy-handler": {
    try withRunner { runner in
      let loop = try runner.loop
      tell(runner) {
        let seen = loop.makeFuture(of: Void.self)
        try loop.addSignalHandler(SIGUSR1) { try seen.resolve(()) }
        raise(SIGUSR1)
        var turns = 0
        while !seen.isDone {
          try await sleep(0)
          turns += 1
        }
        return "after \(turns) turns"
      }
    }
  },
  "kept-signal": {
    try withRunner { runner in
      let loop = try runner.loop
      try loop.addSignalHandler(SIGUSR1) { say("handler") }
      for _ in 0..<3 { raise(SIGUSR1) }
      say("nothing yet")
      tell(runner) {
        for _ in 0..<4 { try await sleep(0) }
        return "ran"
      }
    }
    say("after: \(disposition(of: SIGUSR1))")
  },
  "sigint-handler": {
    try withRunner { runner in
      let loop = try runner.loop
      let called = loop.makeFuture(of: Void.self)
      announce("ready", when: loop)
      tell(runner) {
        try loop.addSignalHandler(SIGINT) {
          say("handler")
          try called.resolve(())
        }
        try await called.value
        try loop.removeSignalHandler(SIGINT)
        announce("ready", when: loop, after: loop.iterations)
        try await sleep(3600)
        return "never"
      }
    }
    say("after: \(disposition())")
  },
  "handler-outlives-run": {
    try withRunner { runner in
      let loop = try runner.loop
      tell(runner) {
        try loop.addSignalHandler(SIGINT) {}
        return disposition()
      }
      say("between: \(disposition())")
      try loop.removeSignalHandler(SIGINT)
      say("removed: \(disposition())")
      try loop.addSignalHandler(SIGINT) {}
    }
    say("closed: \(disposition())")
  },
  "bad-signals": {
    let loop = EventLoop(name: "signals")
    for signal in [SIGKILL, 0, 65] {
      do { try loop.addSignalHandler(signal) {} } catch { say("\(error)") }
    }
    onThread {
      do { try loop.addSignalHandler(SIGUSR1) {} } catch { say("\(error)") }
      say("done")
      exit(0)
    }
    while true { pause() }
  },
]

/// Counts what happens on one thread.
private final class Calls: @unchecked Sendable {
  private var count = 0

  func next() -> Int {
    count += 1
    return count
  }
}
