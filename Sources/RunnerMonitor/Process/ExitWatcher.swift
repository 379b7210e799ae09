import Glibc
import RunnerCore

/// Turns the end of a child process into a descriptor that can be polled.
enum ExitWatcher {
  /// Returns a descriptor that hangs up when the process has ended; the process stays to be reaped.
  ///
  /// A thread waits for the process, because Swift cannot call `pidfd_open`.
  /// - Throws: `RunnerError.system` when the system refuses a pipe or a thread.
  static func watch(_ processID: pid_t) throws(RunnerError) -> Int32 {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw .system("No pipe can be made for the worker", errno)
    }
    let (reading, writing) = (ends[0], ends[1])
    _ = fcntl(reading, F_SETFD, FD_CLOEXEC)
    _ = fcntl(writing, F_SETFD, FD_CLOEXEC)
    do {
      try NamedThread.start("worker-exit") {
        var information = siginfo_t()
        while waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {
        }
        close(writing)
      }
    } catch {
      close(reading)
      close(writing)
      throw error
    }
    return reading
  }

  /// Reaps a process that has ended, and returns how it ended.
  static func reap(_ processID: pid_t) -> WorkerEnding.Status {
    var status: Int32 = 0
    while waitpid(processID, &status, 0) < 0 {
      if errno != EINTR { return .unknown }
    }
    let signal = status & 0x7F
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
  }
}
