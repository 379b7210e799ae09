private import CRunnerRuntime
private import Glibc
private import RunnerCore

/// The terminal of the front end, which is standard input while a run goes on, and only then.
///
/// While a person edits a line the terminal is the editor's: a task that is left behind must not take
/// keys from it, and reads the end of input.
package final class LentTerminal: Sendable {
  /// The descriptor under which the front end hands its terminal over.
  package static let descriptor: Int32 = 4

  private struct State {
    var runs = 0
    /// Whether it is standard input now.
    var isLent = false
  }

  private let terminal: Int32
  private let state = LockedValue(State())

  /// Takes over the terminal.
  package init(descriptor: Int32 = descriptor) {
    terminal = PrivateDescriptors.movedUp(descriptor)
    _ = fcntl(terminal, F_SETFD, FD_CLOEXEC)
    // So that what was printed without a newline is seen before an answer to it is read.
    runner_use_interactive_input()
  }

  /// Leaves the keys of a terminal that both processes may read to the front end: Ctrl-C, Ctrl-\ and Ctrl-Z.
  ///
  /// They are caught and not ignored, so that programs which cells start have the defaults.
  static func leaveKeysToFrontEnd() {
    var keys = sigset_t()
    sigemptyset(&keys)
    for number in [SIGINT, SIGQUIT, SIGTSTP] {
      signal(number) { _ in }
      sigaddset(&keys, number)
    }
    pthread_sigmask(SIG_UNBLOCK, &keys, nil)
  }

  /// Makes the terminal standard input; each call needs one of `takeBack`.
  func lend() {
    state.withLock { state in
      state.runs += 1
      guard !state.isLent else { return }
      dup2(terminal, STDIN_FILENO)
      state.isLent = true
      // An end of input, Ctrl-D, is one for its run and not for the next.
      runner_forget_end_of_input()
    }
  }

  /// Takes the terminal away again when no run is left.
  func takeBack() {
    state.withLock { state in
      state.runs -= 1
      if state.runs == 0 { takeAway(&state) }
    }
  }

  /// Ends the read of standard input in which a thread waits, as the end of input does, until the next run;
  /// does nothing when the thread is elsewhere.
  func endRead(ofThread thread: Int32) {
    state.withLock { state in
      guard state.isLent, runner_thread_is_reading(thread, STDIN_FILENO) else { return }
      takeAway(&state)
      // The kernel begins the call again after any signal, and finds other input then.
      _ = ThreadSample.take(of: thread)
    }
  }

  private func takeAway(_ state: inout State) {
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    dup2(nothing, STDIN_FILENO)
    close(nothing)
    state.isLent = false
  }
}
