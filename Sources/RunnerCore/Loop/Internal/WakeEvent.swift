private import CRunnerRuntime
private import Glibc

/// The eventfd by which other threads end a selector's wait; opened when the loop first has to block.
final class WakeEvent: @unchecked Sendable {
  /// Behind a lock for those who wake: none may write to a descriptor that was closed meanwhile.
  private let storage = LockedValue<Int32>(-1)

  /// The eventfd, or -1 while there is none; for the loop's owner, who need not wait for those who wake it.
  private(set) var descriptor: Int32 = -1

  /// Opens the eventfd if need be; owner only.
  ///
  /// - Throws: `RunnerError` when the system refuses.
  func open() throws -> Int32 {
    if descriptor >= 0 { return descriptor }
    let opened = runner_eventfd_create()
    guard opened >= 0 else { throw RunnerError.selector("open an eventfd") }
    storage.withLock { $0 = opened }
    descriptor = opened
    return opened
  }

  /// Ends the present or the next wait; may be called from any thread.
  func signal() {
    storage.withLock { if $0 >= 0 { runner_eventfd_signal($0) } }
  }

  /// Lets the next wait wait again; owner only.
  func clear() { runner_eventfd_clear(descriptor) }

  /// Closes it, unless it was never opened; owner only.
  func close() {
    storage.withLock { $0 = -1 }
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }
}

extension RunnerError {
  /// What the system has just refused to a selector.
  static func selector(_ action: String) -> RunnerError {
    RunnerError(
      .system, "The event loop could not \(action): \(String(cString: strerror(errno))).")
  }
}
