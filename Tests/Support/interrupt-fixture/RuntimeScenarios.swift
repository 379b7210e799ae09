import Glibc
import RunnerCore

/// What depends on the private layout of Swift's runtime, with it and without.
let runtimeScenarios: [String: @Sendable () throws -> Void] = [
  "flag-taken-back": { try catchAndSleep() },
  "flag-stays": {
    setenv("RUNNER_INTROSPECTION", "public", 1)
    try catchAndSleep()
  },
]

/// Catches a cancellation in foreign code, and says whether later foreign code is disturbed.
private func catchAndSleep() throws {
  try Runner.run {
    let task = try EventLoop.running?.makeTask {
      do { try await Task.sleep(for: .seconds(3600)) } catch { say("caught") }
      try await sleep(0)
      do {
        try await Task.sleep(for: .milliseconds(1))
        say("undisturbed")
      } catch { say("disturbed") }
    }
    while task?.state != .suspended { try await sleep(0) }
    task?.cancel()
    try await task?.value
  }
}
