internal import Glibc
private import RunnerCore

/// Lets another thread cancel the build of a cell.
package final class BuildControl: Sendable {
  private struct State {
    var isCancelled = false
    /// The process group that works for the build.
    var group: pid_t?
  }

  private let state = LockedValue(State())

  package init() {}

  /// Ends the build: what runs for it is killed, nothing else is started.
  ///
  /// May be called from any thread.
  package func cancel() {
    state.withLock { state in
      state.isCancelled = true
      if let group = state.group { kill(-group, SIGKILL) }
    }
  }

  package var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Notes the process that works now; kills it when the build has been cancelled.
  func begin(_ process: pid_t) {
    state.withLock { state in
      state.group = process
      if state.isCancelled { kill(-process, SIGKILL) }
    }
  }

  /// Reaps the process while nobody can take its number for another's.
  func end(_ process: pid_t) -> Int32 {
    var information = siginfo_t()
    while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    return state.withLock { state in
      state.group = nil
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
      return status
    }
  }
}
