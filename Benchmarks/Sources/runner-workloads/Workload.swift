import RunnerCore

/// One thing to measure; `Docs/Reference/performance.md` says what each is for.
struct Workload: Sendable {
  let name: String
  /// By how many operations the time is divided.
  let operations: Int
  /// Makes what is needed for so many operations and returns what is measured.
  let prepare: @Sendable (Int) throws -> () throws -> Void
  /// Whether what was prepared can be measured once only.
  let isUsedUp: Bool

  /// A workload that is measured from its first line to its last.
  init(
    _ name: String, _ operations: Int, body: @escaping @Sendable (Int) throws -> Void
  ) {
    self.init(name, operations) { count in { try body(count) } }
  }

  init(
    _ name: String, _ operations: Int, isUsedUp: Bool = false,
    prepare: @escaping @Sendable (Int) throws -> () throws -> Void
  ) {
    (self.name, self.operations, self.prepare) = (name, operations, prepare)
    self.isUsedUp = isUsedUp
  }

  static let all = life + looking + threads

  /// Measures so many rounds after one that makes what is made once.
  func measure(
    _ rounds: Int, of count: Int, _ measure: (() throws -> Void) throws -> (Int64, Int64)
  ) throws -> [(wall: Int64, processor: Int64)] {
    var body = try prepare(count)
    try body()
    return try (0..<rounds).map { _ in
      if isUsedUp { body = try prepare(count) }
      // Kept, so that what was prepared does not end within what is measured.
      defer { withExtendedLifetime(body) {} }
      return try measure(body)
    }
  }

  /// Runs `body` as the main task of a runner.
  static func onLoop(_ body: sending @escaping (EventLoop) async throws -> Void) throws {
    try withRunner { runner in
      let loop = try runner.loop
      nonisolated(unsafe) let body = body
      try runner.run { try await body(loop) }
    }
  }
}
