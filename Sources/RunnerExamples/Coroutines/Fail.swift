import RunnerCore

/// Throws an error after some seconds.
///
/// Demonstrates where an error goes: to whoever awaits the task; if nobody does, it is kept and
/// marked as unread, and `history` shows it. In asyncio: "Task exception was never retrieved".
///
/// - Throws: `PlannedFailure`.
public func fail(after seconds: Double) async throws {
  try await sleep(seconds)
  throw PlannedFailure(seconds: seconds)
}

/// The error of `fail(after:)`.
public struct PlannedFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// How long the coroutine had waited.
  public let seconds: Double

  public var description: String { "This failure was planned: it came after \(seconds) s." }
}
