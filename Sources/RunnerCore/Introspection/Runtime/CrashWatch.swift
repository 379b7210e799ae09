internal import CRunnerRuntime

/// Tells where the program's own code has run into a fatal signal, before the process dies of it.
///
/// A tool that runs other people's code installs it once; nothing happens in programs that do not.
package enum CrashWatch {
  /// A thread that has run into a fatal signal.
  package struct Crash: Sendable {
    /// 0 when it has called `exit`.
    package var signal: Int32
    /// What it has called `exit` with.
    package var exitStatus: Int32
    /// The kernel's number of the thread.
    package var thread: Int32
    /// The memory that could not be accessed; `nil` for other faults.
    package var address: UInt?
    /// Whether the thread's stack had no room left.
    package var isStackOverflow: Bool
    /// Where it was, innermost first.
    package var frames: [StackFrame]
  }

  /// Watches for fatal signals; a byte comes over `descriptor` about the first one.
  ///
  /// - Returns: Whether the system allowed it.
  package static func install(telling descriptor: Int32) -> Bool {
    runner_crash_watch(descriptor)
  }

  /// Lets a stack overflow of the calling thread be told of; others end the process in silence.
  package static func coverThread() { runner_crash_cover_thread() }

  /// Returns what has happened, for the thread that was told of it; the crashed one stands still.
  package static func crash() -> Crash? {
    withUnsafeTemporaryAllocation(of: runner_thread_stack.self, capacity: 1) { buffer in
      guard let stack = buffer.baseAddress else { return nil }
      var crash = runner_crash()
      guard runner_crash_read(&crash, stack) else { return nil }
      return Crash(
        signal: crash.signal, exitStatus: crash.exit_status, thread: crash.thread,
        address: crash.address == 0 ? nil : crash.address,
        isStackOverflow: crash.is_stack_overflow,
        frames: ThreadSample(ofStopped: stack).frames.map { StackFrame($0) })
    }
  }

  /// Lets the process die; without it, it does so after three seconds.
  package static func finish() { runner_crash_finish() }
}
