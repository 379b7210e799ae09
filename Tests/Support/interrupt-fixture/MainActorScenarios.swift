import Dispatch
import Glibc
import RunnerCore

@MainActor private var counter = 0

@MainActor private func count() -> Int {
  MainActor.assertIsolated()
  dispatchPrecondition(condition: .onQueue(.main))
  counter += 1
  return counter
}

/// Sleeps in the main actor on the loop's clock.
@MainActor private func nap() async throws -> String {
  let before = AnyRunnerTask.current?.name ?? "none"
  try await sleep(0.001)
  MainActor.assertIsolated()
  try await timeout(.seconds(60)) { try await sleep(0.001) }
  MainActor.assertIsolated()
  return "\(before), \(AnyRunnerTask.current?.name ?? "none")"
}

/// Code of the main actor and of the main queue, while a loop runs on the main thread.
let mainActorScenarios: [String: @Sendable () throws -> Void] = [
  "main-actor": {
    try withRunner { runner in
      tell(runner) { "\(await count()), \(await count())" }
      tell(runner) { "in \(try await nap())" }
      tell(runner) {
        let task = Task { @MainActor in
          await Task.yield()
          try? await Task.sleep(nanoseconds: 1_000_000)
          return count()
        }
        return "task \(await task.value)"
      }
      tell(runner) {
        await withCheckedContinuation { continuation in
          DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(1)) {
            DispatchQueue.main.async { continuation.resume() }
          }
        }
        return "queue"
      }
    }
  },
  "main-actor-busy": {
    try withRunner { runner in
      let loop = try runner.loop
      tell(runner) {
        let served = loop.makeFuture(of: Void.self)
        DispatchQueue.main.async { MainActor.assumeIsolated { try? served.resolve(()) } }
        // Never blocks: the queue is served between the turns.
        while !served.isDone { try await sleep(0) }
        return "served"
      }
    }
  },
  "main-actor-cancel": {
    try withRunner { runner in
      let loop = try runner.loop
      tell(runner) {
        let task = try loop.makeTask(named: "napper") { try await longNap() }
        while task.state != .suspended { try await sleep(0.001) }
        try await sleep(0.001)
        task.cancel()
        _ = try? await task.value
        return "cancelled: \(task.isCancelled)"
      }
      try runner.run {
        try loop.makeTask { try await longNap() }
        try await sleep(0.001)
      }
      let report = try runner.close()
      say("closed: \(report.cancelledTasks), refused: \(report.refusedTasks.count)")
    }
  },
  "main-actor-virtual": {
    let runner = Runner(.init(makeLoop: { .virtualTime() }))
    tell(runner) {
      try await sleep(3600)
      return "in \(try await nap()), \(await count())"
    }
    try runner.close()
  },
  "main-actor-threads": {
    // The same loop on the main thread, then on another, which must neither serve the queue nor spin.
    let runner = Runner()
    let loop = try runner.loop
    try runner.run { try await sleep(0.001) }
    let done = Latch()
    onThread {
      let before = loop.iterations
      tell(runner) {
        DispatchQueue.main.async {}
        try await sleep(0.02)
        return "turns: \(loop.iterations - before < 20 ? "few" : "\(loop.iterations - before)")"
      }
      done.open()
    }
    _ = done.wait()
    tell(runner) { "\(await count())" }
    try runner.close()
  },
]

@MainActor private func longNap() async throws {
  try await sleep(3600)
}
