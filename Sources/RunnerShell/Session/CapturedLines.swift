private import Synchronization

/// Lines that a command wrote, kept for the one that repeats it.
package final class CapturedLines: Sendable {
  private let kept = Mutex<[StyledLine]>([])

  package init() {}

  /// Adds lines below the others.
  package func add(_ lines: [StyledLine]) {
    kept.withLock { $0 += lines }
  }

  package var lines: [StyledLine] { kept.withLock(\.self) }
}
