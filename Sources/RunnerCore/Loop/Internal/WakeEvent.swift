private import CRunnerRuntime
private import Glibc

/// The eventfd by which other threads end a selector's wait; opened when the loop first has to block.
///
/// The selector keeps the number that `open` returns, so that it need not wait for those who wake it.
struct WakeEvent: ~Copyable, Sendable {
  /// Behind a lock for those who wake: none may write to a descriptor that was closed meanwhile.
  private let storage = LateValue<Int32?>()

  /// Opens the eventfd if need be.
  ///
  /// - Throws: `RunnerError` when the system refuses.
  func open() throws -> Int32 {
    try storage.withLock { descriptor in
      if let descriptor { return descriptor }
      let opened = runner_eventfd_create()
      guard opened >= 0 else { throw RunnerError.selector("open an eventfd") }
      descriptor = opened
      return opened
    }
  }

  /// Ends the present or the next wait; may be called from any thread.
  func signal() {
    _ = storage.ifMade { if let descriptor = $0 { runner_eventfd_signal(descriptor) } }
  }

  func close() {
    _ = storage.ifMade { descriptor in
      if let open = descriptor { Glibc.close(open) }
      descriptor = nil
    }
  }
}

extension RunnerError {
  /// What the system has just refused to a selector.
  static func selector(_ action: String) -> RunnerError {
    RunnerError(
      .system, "The event loop could not \(action): \(String(cString: strerror(errno))).")
  }
}
