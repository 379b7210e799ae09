private import CRunnerRuntime
private import Glibc

/// The interrupt signals of one run: installed on the main thread only, over the default
/// disposition only, and put back only if they are still ours.
struct InterruptSignals {
  /// A bit for each; there are 64 signals.
  private var installed: UInt64 = 0

  init(_ signals: [Int32]) {
    guard runner_is_main_thread() else { return }
    // Before the handlers are there: none of their signals is forgotten.
    runner_interrupt_reset()
    for signal in signals where runner_interrupt_install(signal) == 1 {
      installed |= 1 << UInt64(signal - 1)
    }
  }

  /// - Throws: `RunnerError.invalidArgument` when one of the signals can never interrupt a run.
  static func check(_ signals: [Int32], of runner: String) throws {
    for signal in signals {
      let reason: String? =
        switch signal {
        case SIGKILL, SIGSTOP: "no program can catch it"
        // Between the signals of POSIX and those of its real-time extension the C library keeps two.
        case 1..<32, 34...64: nil
        default: "there is no such signal"
        }
      guard let reason else { continue }
      throw RunnerError(
        .invalidArgument,
        "Signal \(signal) cannot interrupt the runner '\(runner)': \(reason); leave it out of"
          + " 'interruptSignals'.")
    }
  }

  var areInstalled: Bool { installed != 0 }

  func restore() {
    var left = installed
    while left != 0 {
      runner_interrupt_restore(Int32(left.trailingZeroBitCount) + 1)
      left &= left - 1
    }
  }
}
