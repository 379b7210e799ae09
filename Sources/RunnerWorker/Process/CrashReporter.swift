private import Glibc
internal import RunnerCore
internal import RunnerMonitor

/// Writes where user code has crashed, to standard error, before the worker dies of it.
enum CrashReporter {
  /// Starts the thread that writes; without it a crash is silent, and no worse.
  static func start() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    ends = ends.map(PrivateDescriptors.movedUp)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let (reading, writing) = (ends[0], ends[1])
    do {
      try NamedThread.start("crash-reporter") {
        var byte: UInt8 = 0
        while read(reading, &byte, 1) < 0, errno == EINTR {}
        report()
        CrashWatch.finish()
      }
    } catch {
      close(reading)
      close(writing)
      return
    }
    _ = CrashWatch.install(telling: writing)
  }

  private static func report() {
    let limit = MemoryLimit.current
    MemoryLimit.lift()
    guard let crash = CrashWatch.crash() else { return }
    let text = CrashText.lines(of: crash, under: limit, source: CellTexts.line).map { $0 + "\n" }
      .joined()
    // What the program had printed comes first; its stream may be locked by the thread that crashed.
    _ = write(STDERR_FILENO, text, text.utf8.count)
  }
}
