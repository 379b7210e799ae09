import RunnerCore
import RunnerWorker
import Testing

/// Coroutines for tests: the expression is the name.
struct ScriptedSource: CoroutineSource {
  struct Failure: Error, CustomStringConvertible {
    var description: String { "it failed" }
  }

  func coroutine(for expression: String) throws -> NamedCoroutine {
    NamedCoroutine(name: expression, body: try body(expression))
  }

  private func body(_ expression: String) throws -> @Sendable () async throws -> ValueSnapshot? {
    switch expression {
    case "nothing": { nil }
    case "low":
      throw RunnerError(RunnerError.Code(name: "argumentOutOfRange"), "It is too low.")
    case "value": { ValueSnapshot(type: "Int", text: "42") }
    case "fail": { throw Failure() }
    case "sleep":
      {
        try await sleep(3600)
        return nil
      }
    case "stubborn":
      {
        while true { try? await sleep(3600) }
      }
    case "swallow":
      {
        try? await sleep(3600)
        return nil
      }
    case "spin":
      {
        let end = ContinuousClock.now + .seconds(1.5)
        while ContinuousClock.now < end {}
        return nil
      }
    case "parent":
      {
        let loop = try #require(EventLoop.running)
        let child = try loop.makeTask(named: "child") { try await sleep(3600) }
        try await child.value
        return nil
      }
    case "asyncLet":
      {
        async let child: Void = sleep(3600)
        try await child
        return nil
      }
    case "firstStep":
      {
        let loop = try #require(EventLoop.running)
        let didRun = LockedValue(false)
        let child = try loop.makeTask { didRun.withLock { $0 = true } }
        defer { _ = child }
        return ValueSnapshot(type: "Bool", text: "\(didRun.withLock { $0 })")
      }
    case "gate":
      {
        let loop = try #require(EventLoop.running)
        let gate = RunnerEvent(label: "gate")
        let child = try loop.makeTask(named: "child") { try await gate.wait() }
        try await child.value
        return nil
      }
    case "locks":
      {
        let loop = try #require(EventLoop.running)
        let (first, second) = (RunnerLock(label: "first"), RunnerLock(label: "second"))
        let tasks = try [("a", first, second), ("b", second, first)].map { name, outer, inner in
          try loop.makeTask(named: name) {
            try await outer.withLock {
              try await sleep(0)
              try await inner.withLock {}
            }
          }
        }
        _ = try await gather(tasks)
        return nil
      }
    case "foreign":
      {
        try await Task.sleep(for: .milliseconds(50))
        return try await toThread { ValueSnapshot(type: "Int", text: "1") }
      }
    case "deadlock":
      {
        let loop = try #require(EventLoop.running)
        let future = loop.makeFuture(of: RunnerTask<Void>.self)
        let first = try loop.makeTask(named: "a") { try await future.value.value }
        let second = try loop.makeTask(named: "b") { try await first.value }
        try future.resolve(second)
        try await first.value
        return nil
      }
    default:
      throw RunnerError(.notFound, "There is no coroutine '\(expression)'.")
    }
  }
}
