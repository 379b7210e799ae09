private import CRunnerRuntime
private import Glibc

/// The signals that a loop has handlers for; the owner's.
///
/// The signal's handler in the kernel's sense counts, and writes to the eventfd that the loop watches.
final class SignalWatch {
  let descriptor: Int32
  private(set) var actions: [Int32: DescriptorTable.ScheduledAction] = [:]

  /// - Throws: `RunnerError` when the system gives no eventfd.
  init() throws {
    descriptor = runner_eventfd_create()
    if descriptor < 0 { throw RunnerError.selector("open an eventfd") }
  }

  deinit {
    for signal in actions.keys { runner_signal_remove(signal, descriptor) }
    Glibc.close(descriptor)
  }

  /// - Throws: `RunnerError` when the system refuses.
  func add(_ signal: Int32, _ action: DescriptorTable.ScheduledAction) throws {
    guard runner_signal_install(signal, descriptor) == 0 else {
      throw RunnerError(
        .invalidArgument,
        "Signal \(signal) cannot be caught: \(String(cString: strerror(errno)));"
          + " add a handler for another one.")
    }
    actions[signal] = action
  }

  /// Returns whether there was one.
  func remove(_ signal: Int32) -> Bool {
    guard actions.removeValue(forKey: signal) != nil else { return false }
    runner_signal_remove(signal, descriptor)
    return true
  }

  /// What is to be called for the signals that came, each as often as it came.
  func take() -> [(signal: Int32, action: DescriptorTable.ScheduledAction)] {
    runner_eventfd_clear(descriptor)
    return actions.sorted { $0.key < $1.key }.flatMap { signal, action in
      Array(repeating: (signal, action), count: Int(runner_signal_take(signal)))
    }
  }

  /// What the system calls a signal: `User defined signal 1`.
  static func name(of signal: Int32) -> String {
    strsignal(signal).map { String(cString: $0) } ?? "unknown"
  }
}
