import Glibc
import RunnerCore

/// What can be asked for; each is the program of one case.
let scenarios: [String: @Sendable () throws -> Void] = [
  "default-is-back": {
    say("before: \(disposition())")
    for body in [{}, { throw Failure() }, { try await sleep(0) }]
      as [@Sendable () async throws -> Void]
    {
      _ = try? Runner.run {
        say("during: \(disposition())")
        try await body()
      }
      say("after: \(disposition())")
    }
    say("ready")
    while true { pause() }
  },
  "custom-handler": {
    _ = handlerPipe
    signal(SIGINT, handler)
    try withRunner { runner in
      announce("ready", when: try runner.loop)
      tell(runner) {
        try await EventLoop.running?.waitUntilReadable(handlerPipe.reading)
        return "not interrupted"
      }
    }
    say("after: \(disposition())")
  },
  "ignored": {
    signal(SIGINT, SIG_IGN)
    signal(SIGTERM, handler)
    _ = handlerPipe
    try withRunner { runner in
      announce("ready", when: try runner.loop)
      tell(runner) {
        try await EventLoop.running?.waitUntilReadable(handlerPipe.reading)
        return "not interrupted"
      }
    }
    say("after: \(disposition())")
  },
  "replaced": {
    _ = handlerPipe
    try Runner.run { signal(SIGINT, handler) }
    say("after: \(disposition())")
    say("ready")
    var byte: UInt8 = 0
    while read(handlerPipe.reading, &byte, 1) != 1 {}
  },
  "thread": {
    onThread {
      do {
        try withRunner { runner in
          tell(runner) { "during: \(disposition())" }
          announce("ready", when: try runner.loop)
          tell(runner) {
            try await sleep(3600)
            return "never"
          }
        }
      } catch { say("\(error)") }
    }
    while true { pause() }
  },
  "sleep": {
    try withRunner { runner in
      announce("ready", when: try runner.loop)
      tell(runner) {
        do { try await sleep(3600) } catch {
          say("requests: \(AnyRunnerTask.current?.cancellationRequests ?? -1)")
          throw error
        }
        return "never"
      }
    }
    say("after: \(disposition())")
  },
  "busy": {
    try withRunner { runner in
      tell(runner) {
        raise(SIGINT)
        return "lost"
      }
    }
  },
  "future": {
    try withRunner { runner in
      let future = try runner.loop.makeFuture(of: String.self)
      announce("ready", when: try runner.loop)
      tell(runner) { try await future.value }
      say("future cancelled: \(future.isCancelled)")
    }
  },
  "swallow": {
    try withRunner { runner in
      announce("ready", when: try runner.loop)
      tell(runner) {
        try? await sleep(3600)
        return "swallowed"
      }
    }
  },
  "convert": {
    try withRunner { runner in
      announce("ready", when: try runner.loop)
      tell(runner) {
        do { try await sleep(3600) } catch { throw Failure() }
        return "never"
      }
    }
  },
  "cancelled-too": {
    try withRunner { runner in
      announce("ready", when: try runner.loop)
      tell(runner) {
        do { try await sleep(3600) } catch {
          AnyRunnerTask.current?.cancel()
          throw error
        }
        return "never"
      }
    }
  },
  "uncancel": {
    try withRunner { runner in
      announce("ready", when: try runner.loop)
      tell(runner) {
        do { try await sleep(3600) } catch {
          AnyRunnerTask.current?.uncancel()
          throw error
        }
        return "never"
      }
    }
  },
  "second": {
    try withRunner { runner in
      let loop = try runner.loop
      let gate = loop.makeFuture(of: Void.self)
      announce("ready", when: loop)
      tell(runner) {
        do { try await sleep(3600) } catch {
          announce("cleanup", when: loop, after: loop.iterations + 1)
          try await gate.value
          say("cleaned up")
        }
        return "never seen"
      }
      try gate.resolve(())
      tell(runner) {
        try await sleep(0.001)
        return "next run; live: \(loop.tasks.count)"
      }
    }
  },
  "third": {
    try withRunner { runner in
      announce("ready", when: try runner.loop)
      tell(runner) {
        do { try await sleep(3600) } catch {
          say("stuck")
          // A blocking call: ThreadSanitizer holds signals back until there is one.
          while true { usleep(1000) }
        }
        return "never"
      }
    }
  },
  "before-first-step": {
    try withRunner { runner in
      do {
        try runner.run(named: nil, operation: "", onStart: { _ in raise(SIGINT) }) {
          say("began")
        }
      } catch { say("error: \(type(of: error)): \(error)") }
    }
  },
  "late": {
    try withRunner { runner in
      try runner.loop.exceptionHandler = { say("report: \($0.message)") }
      tell(runner) {
        AnyRunnerTask.current?.whenDone { raise(SIGINT) }
        return "kept"
      }
    }
  },
  "again": {
    try withRunner { runner in
      for _ in 0..<3 {
        announce("ready", when: try runner.loop)
        tell(runner) {
          try await sleep(3600)
          return "never"
        }
      }
    }
  },
  "close": {
    let runner = Runner()
    let loop = try runner.loop
    try runner.run {
      try loop.makeTask(named: "stubborn") { while true { try? await sleep(3600) } }
      try await sleep(0)
    }
    announce("ready", when: loop)
    do { try runner.close() } catch { say("error: \(type(of: error)): \(error)") }
    say("phase: \(runner.phase)")
    say("after: \(disposition())")
  },
  "sigterm": {
    try withRunner(.init(interruptSignals: [SIGTERM])) { runner in
      tell(runner) { "during: \(disposition())" }
      announce("ready", when: try runner.loop)
      tell(runner) {
        try await sleep(3600)
        return "never"
      }
    }
  },
]
