package import RunnerCore

/// The rules of foreground and background, as a value; its transitions return what to do.
///
/// 1. The end of a job is shown once: by the command that waits for it, or as a note.
/// 2. Ctrl-C reaches a run only when its number is known; earlier ones are kept for it, or end the
///    compiler's work for it.
/// 3. Nothing here calls the controller: the session does, outside its lock.
package struct ForegroundState: Sendable {
  /// An effect that a transition asks for.
  package enum Action: Hashable, Sendable {
    case interrupt(runner: String)
    case abandonWaits
    case endPause
    case show(SessionEvent)
  }

  package private(set) var foreground = Foreground.idle
  /// Jobs whose end the main thread shows, or has shown.
  private var ownJobs: Set<JobID> = []
  /// What came while the number of the job being started was not known: that it began is told before.
  private var held: [SessionEvent] = []
  /// Ends of own jobs that were not shown as notes; taken back when the job goes to the background.
  private var silenced: [JobID: JobSnapshot] = [:]

  package init() {}

  /// A run is about to be asked for; `compiles` tells whether Ctrl-C ends the asking.
  package mutating func willStart(compiles: Bool = false) {
    foreground = .starting(interrupts: 0, compiles: compiles)
  }

  /// The run began, in the foreground or not.
  package mutating func didStart(_ job: JobSnapshot, inBackground: Bool) -> [Action] {
    guard case .starting(let interrupts, let compiles) = foreground else { return [] }
    let news = held
    held = []
    if inBackground {
      foreground = .idle
    } else {
      foreground =
        compiles
        ? .cell(job.id, runner: job.runner, interrupts: interrupts, isStuck: nil)
        : .run(job.id, runner: job.runner, interrupts: interrupts)
      ownJobs.insert(job.id)
    }
    var actions = news.flatMap { noted($0) }
    if !inBackground {
      actions += Array(repeating: .interrupt(runner: job.runner), count: interrupts)
    }
    return actions
  }

  /// The main thread begins to wait for a job of the background: `fg`.
  package mutating func willFollow(_ job: JobID, on runner: String? = nil) {
    foreground = .waiting(runner: runner)
    ownJobs.insert(job)
  }

  /// The main thread begins to wait for something else: `wait`, `cancel`.
  package mutating func willWait(on runner: String? = nil) {
    foreground = .waiting(runner: runner)
  }

  /// The main thread begins to look again and again: `watch`, `top`.
  package mutating func willRepeat() {
    foreground = .repeating
  }

  /// The main thread begins to close a runner.
  package mutating func willClose(_ runner: String) {
    foreground = .closing(runner: runner, interrupts: 0)
  }

  /// The main thread is done; a job that it leaves behind is announced like any other from now on.
  package mutating func didFinish(leaving job: JobID? = nil) -> [Action] {
    foreground = .idle
    let news = held
    held = []
    var actions = news.flatMap { noted($0) }
    if let job {
      ownJobs.remove(job)
      if let missed = silenced.removeValue(forKey: job) { actions.append(.show(.jobEnded(missed))) }
    }
    silenced = [:]
    return actions
  }

  /// Something happened to a job or a runner.
  package mutating func noted(_ event: SessionEvent) -> [Action] {
    if case .starting = foreground {
      held.append(event)
      return []
    }
    guard case .jobEnded(let job) = event else { return [.show(event)] }
    guard ownJobs.remove(job.id) != nil else { return [.show(event)] }
    if foreground != .idle { silenced[job.id] = job }
    return []
  }

  /// Ctrl-C.
  package mutating func interrupt() -> [Action] {
    switch foreground {
    case .idle: return []
    case .starting(let interrupts, let compiles):
      foreground = .starting(interrupts: interrupts + 1, compiles: compiles)
      // What is compiled is not run then; if it has begun just now, it gets the request.
      return compiles ? [.abandonWaits] : []
    case .run(let job, let runner, let interrupts):
      foreground = .run(job, runner: runner, interrupts: interrupts + 1)
      return interrupts == 0
        ? [.interrupt(runner: runner)] : [.interrupt(runner: runner), .abandonWaits]
    case .cell(let job, let runner, let interrupts, let isStuck):
      foreground = .cell(job, runner: runner, interrupts: interrupts + 1, isStuck: isStuck)
      // The wait begins anew, with a limit, even if the worker does not take the request.
      return [.abandonWaits, .interrupt(runner: runner)]
    case .waiting: return [.abandonWaits]
    case .repeating: return [.endPause]
    case .closing(let runner, let interrupts):
      foreground = .closing(runner: runner, interrupts: interrupts + 1)
      return interrupts == 0
        ? [.interrupt(runner: runner)] : [.interrupt(runner: runner), .abandonWaits]
    }
  }

  /// How long the run in the foreground is waited for: without limit until it was aborted.
  package var waitLimit: Duration? {
    switch foreground {
    case .run(_, _, let interrupts) where interrupts > 1:
      return interrupts == 2 ? .milliseconds(500) : .zero
    case .cell(_, _, let interrupts, let isStuck) where interrupts > 0:
      // Long enough to see that the loop is stuck; a cleanup may then take as long as it likes.
      if isStuck == nil { return .milliseconds(500) }
      return interrupts > 1 ? .milliseconds(200) : nil
    default: return nil
    }
  }

  /// The limit has passed: returns whether it has to be found out if the loop is stuck.
  package var asksWhetherStuck: Bool {
    if case .cell(_, _, let interrupts, _) = foreground { return interrupts > 0 }
    return false
  }

  /// The loop was found stuck in a step, or not.
  package mutating func noteStuck(_ isStuck: Bool) {
    if case .cell(let job, let runner, let interrupts, _) = foreground {
      foreground = .cell(job, runner: runner, interrupts: interrupts, isStuck: isStuck)
    }
  }

  /// The worker is gone, and all jobs with it.
  package mutating func workerLost() {
    ownJobs = []
    held = []
    silenced = [:]
  }
}
