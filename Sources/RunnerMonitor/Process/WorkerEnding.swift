package import FoundationEssentials
private import Glibc

/// How a worker process ended, and the last that it wrote.
package struct WorkerEnding: Hashable, Sendable {
  package enum Status: Hashable, Sendable {
    /// It exited with this code.
    case exited(Int32)
    /// This signal killed it.
    case signalled(Int32)
    /// It ended, and the system had forgotten how.
    case unknown
  }

  package var status: Status
  /// Whether it was killed because it did not end by itself in time.
  package var wasForced: Bool
  /// The last bytes of its output, 2048 at most; empty when output was not captured.
  package var lastOutput: Data

  package init(status: Status, wasForced: Bool, lastOutput: Data) {
    self.status = status
    self.wasForced = wasForced
    self.lastOutput = lastOutput
  }

  /// What happened, as the person at the prompt reads it.
  package var sentence: String {
    if wasForced { return "The worker did not end when it was asked to, and was killed." }
    return switch status {
    case .exited(0): "The worker has ended."
    case .exited(let code): "The worker exited with code \(code)."
    case .signalled(SIGKILL):
      "The worker was killed by \(SignalName.text(SIGKILL)); perhaps the system was out of memory."
    case .signalled(let number): "The worker was killed by \(SignalName.text(number))."
    case .unknown: "The worker has ended, and the system does not tell how."
    }
  }
}
