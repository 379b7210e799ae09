import RunnerCore

/// One thing to measure; `Docs/Reference/performance.md` says what each is for.
struct Workload: Sendable {
  let name: String
  /// By how many operations the time is divided.
  let operations: Int
  /// Makes what is needed for so many operations and returns what is measured.
  let prepare: @Sendable (Int) throws -> () throws -> Void

  /// A workload that is measured from its first line to its last.
  init(
    _ name: String, _ operations: Int, body: @escaping @Sendable (Int) throws -> Void
  ) {
    self.init(name, operations) { count in { try body(count) } }
  }

  init(
    _ name: String, _ operations: Int,
    prepare: @escaping @Sendable (Int) throws -> () throws -> Void
  ) {
    (self.name, self.operations, self.prepare) = (name, operations, prepare)
  }

  static let all = life + looking + threads

  /// Runs `body` as the main task of a runner.
  static func onLoop(_ body: sending @escaping (EventLoop) async throws -> Void) throws {
    try withRunner { runner in
      let loop = try runner.loop
      nonisolated(unsafe) let body = body
      try runner.run { try await body(loop) }
    }
  }
}
