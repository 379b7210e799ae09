private import CRunnerRuntime
private import Glibc
internal import Synchronization

extension EventLoop {
  /// Whether slow steps and calls from wrong threads are reported; mirrors `loop.get_debug()` and
  /// `loop.set_debug()`.
  ///
  /// May be read and set from any thread.
  public var isDebugging: Bool {
    get { debugFlag.load(ordering: .relaxed) }
    set { debugFlag.store(newValue, ordering: .relaxed) }
  }

  /// How long a callback or a step of a task may take before debug mode reports it: 0.1 seconds.
  ///
  /// Counted on the loop's clock. May be read and set from any thread. Mirrors
  /// `loop.slow_callback_duration`.
  public var slowStepDuration: Duration {
    get { .nanoseconds(slowStepNanoseconds.load(ordering: .relaxed)) }
    set { slowStepNanoseconds.store(newValue.wholeNanoseconds, ordering: .relaxed) }
  }

  /// Whether loops debug that are not told: the environment variable `RUNNER_DEBUG` is not empty.
  ///
  /// Mirrors `PYTHONASYNCIODEBUG`.
  static var debugsByDefault: Bool {
    getenv("RUNNER_DEBUG").map { $0.pointee != 0 } ?? false
  }

  /// - Throws: in debug mode `RunnerError.wrongThread` when another thread runs the loop.
  func checkThread() throws {
    guard isDebugging else { return }
    let owner = threadCell.load(ordering: .relaxed)
    if owner != 0, owner != runner_thread_id() {
      throw RunnerError(
        .wrongThread,
        "Non-thread-safe operation invoked on an event loop other than the current one; call"
          + " scheduleThreadSafe on the loop '\(name)' from here.")
    }
  }

  /// Executes one entry of the ready queue, and reports it if that takes long; for debug mode.
  func executeWatched(_ entry: ReadyEntry) {
    let start = clock.now
    execute(entry)
    let elapsed = start.duration(to: clock.now)
    defer { watchedTask = nil }
    guard elapsed >= slowStepDuration else { return }
    if let task = watchedTask {
      report(LoopReport(message: Self.slowness("\(task)", elapsed), about: task))
    } else if case .callback(let callback) = entry {
      let site = callback.site.map { " scheduled in \($0)" } ?? ""
      report(LoopReport(message: Self.slowness("callback" + site, elapsed), about: callback))
    } else {
      report(LoopReport(message: Self.slowness("code of no task of the runner", elapsed)))
    }
  }

  private static func slowness(_ what: String, _ elapsed: Duration) -> String {
    let milliseconds = elapsed.wholeNanoseconds.addingSaturated(500_000) / 1_000_000
    let fraction = String(milliseconds % 1000 + 1000).dropFirst()
    return "Executing \(what) took \(milliseconds / 1000).\(fraction) seconds"
  }
}
