private import CRunnerRuntime
internal import Synchronization

/// Owns an event loop: runs coroutines from synchronous code, keeps one context across runs,
/// handles interrupts, and on close cancels and awaits what is left.
///
/// Mirrors `asyncio.Runner`. Nothing is made before it is needed. Use `withRunner` where you can:
/// it closes in every case.
///
///     try withRunner { runner in
///       let total = try runner.run { try await gather(await fetch(1), await fetch(2)) }
///       print(total)
///     }
///
/// A runner may be used from any thread; each `run` uses the thread that calls it, one at a time.
public final class Runner: Sendable {
  /// The name that snapshots and messages show.
  public let name: String

  let configuration: Configuration
  let lifecycle = LockedValue(RunnerLifecycle.created)
  let closing = Atomic<Bool>(false)

  /// Creates a runner in phase `created`: it has no loop yet.
  public init(_ configuration: Configuration = Configuration()) {
    name = configuration.name
    self.configuration = configuration
  }

  deinit {
    // Like Python's: nothing is awaited here, but no descriptor is left behind.
    try? lifecycle.withLock { $0.loop }?.close()
    EventLoop.forgetClosed()
  }

  /// The runner's loop, made now if need be; mirrors `Runner.get_loop()`.
  ///
  /// - Throws: `RunnerError.closed`; `RunnerError.invalidArgument` when an interrupt signal is none; what
  ///   `makeLoop` throws. The runner is as unused as before then.
  public var loop: EventLoop {
    get throws { try initialize().loop }
  }

  /// The loop, if there is one yet.
  package var existingLoop: EventLoop? { lifecycle.withLock { $0.loop } }

  /// The context that all runs share, if there is one yet.
  package var existingContext: SharedRunnerContext? { lifecycle.withLock { $0.context } }

  /// Where the runner stands in its life; may be asked from any thread.
  public var phase: RunnerPhase { lifecycle.withLock { $0.phase } }

  func initialize() throws -> (loop: EventLoop, context: SharedRunnerContext) {
    try lifecycle.withLock { lifecycle in
      try lifecycle.initialize {
        try InterruptSignals.check(configuration.interruptSignals, of: name)
        let given = try configuration.makeLoop?()
        let loop = given ?? EventLoop(name: name)
        if let debug = configuration.debug { loop.isDebugging = debug }
        if given == nil { loop.becomeCurrent() }
        return (loop, SharedRunnerContext(.current))
      }
    }
  }

  /// How long `close` waits for tasks that do not end.
  package var closeDeadline: Duration { configuration.closeDeadline }

  // MARK: Interrupting

  /// Does what one Ctrl-C does; may be called from any thread.
  ///
  /// The first one in a run cancels the main task; the second ends the run at the next loop boundary.
  @discardableResult
  public func interrupt() -> InterruptOutcome {
    guard let loop = existingLoop, loop.isRunning else { return .nothingRunning }
    if closing.load(ordering: .acquiring) {
      loop.interrupt()
      return .closeAborted
    }
    let main = loop.mainTaskCell.load(ordering: .relaxed)
    guard main != 0 else { return .nothingRunning }
    let isFirst = loop.interrupts.count == 0
    loop.interrupt()
    return isFirst ? .cancelRequested(TaskID(main)) : .runAborted(TaskID(main))
  }

  // MARK: Looking

  /// A picture of the runner; may be asked from any thread.
  public func snapshot() -> RunnerSnapshot {
    let (phase, loop) = lifecycle.withLock { ($0.phase, $0.loop) }
    guard let loop else { return RunnerSnapshot(name: name, phase: phase) }
    let counts = loop.registry.counts
    let main = loop.mainTaskCell.load(ordering: .relaxed)
    let activity: RunnerActivity =
      if closing.load(ordering: .acquiring) {
        .closing
      } else if !loop.isRunning {
        .idle
      } else {
        main == 0 ? .turning : .running
      }
    return RunnerSnapshot(
      name: name, phase: phase, activity: activity, liveTasks: loop.tasks.count,
      endedTasks: counts.ended, unreadErrors: counts.unreadErrors,
      mainTask: main == 0 ? nil : TaskID(main))
  }
}

/// Makes a runner, gives it to `body`, and closes it whatever happens; mirrors `with Runner()`.
///
/// - Throws: what `body` throws; if `close` throws as well, that error, with the body's as its `context`.
@discardableResult
public func withRunner<R>(
  _ configuration: Runner.Configuration = Runner.Configuration(), _ body: (Runner) throws -> R
) throws -> R {
  let runner = Runner(configuration)
  _ = try runner.loop
  let result: R
  do {
    result = try body(runner)
  } catch {
    try runner.close(after: error)
    throw error
  }
  try runner.close()
  return result
}
