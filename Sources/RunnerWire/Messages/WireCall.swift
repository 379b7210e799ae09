/// What a client can ask for: every requirement of `RunnerInspector` and `RunnerController`.
package enum WireCall: Hashable, Sendable {
  // Looking.
  case runners
  case tasks(WireTaskQuery)
  case task(UInt64)
  case stack(UInt64)
  case history(WireTaskQuery)
  case loop(runner: String)
  case context(WireContextOwner)

  // Acting.
  case makeRunner(WireRunnerOptions)
  case startRunner(String)
  case stopRunner(String)
  case run(expression: String, runner: String)
  case spawn(expression: String, runner: String, name: String?)
  case evaluate(WireCellRequest, runner: String)
  case typeOf(WireCellRequest)
  case variables(runner: String)
  case complete(after: String, prefix: String)
  case forgetCells
  case jobs
  case waitForJob(Int, limit: Int64?)
  case waitForTask(UInt64, limit: Int64?)
  case cancel(WireCancelRequest)
  case interrupt(String)
  case close(String, deadline: Int64?)
  case abandonWaits

  /// The name by which a message carries a call.
  package enum Name: String, Hashable, Sendable, CaseIterable {
    case runners
    case tasks
    case task
    case stack
    case history
    case loop
    case context
    case makeRunner
    case startRunner
    case stopRunner
    case run
    case spawn
    case evaluate
    case typeOf
    case variables
    case complete
    case forgetCells
    case jobs
    case waitForJob
    case waitForTask
    case cancel
    case interrupt
    case close
    case abandonWaits
  }

  /// What a call does to the one who answers it.
  package enum Kind: Hashable, Sendable {
    /// It changes nothing and returns within a second.
    case looking
    /// It changes something or waits.
    case acting
    /// It ends the waits in progress, and never waits itself.
    case abandoning
  }

  package var name: Name {
    switch self {
    case .runners: .runners
    case .tasks: .tasks
    case .task: .task
    case .stack: .stack
    case .history: .history
    case .loop: .loop
    case .context: .context
    case .makeRunner: .makeRunner
    case .startRunner: .startRunner
    case .stopRunner: .stopRunner
    case .run: .run
    case .spawn: .spawn
    case .evaluate: .evaluate
    case .typeOf: .typeOf
    case .variables: .variables
    case .complete: .complete
    case .forgetCells: .forgetCells
    case .jobs: .jobs
    case .waitForJob: .waitForJob
    case .waitForTask: .waitForTask
    case .cancel: .cancel
    case .interrupt: .interrupt
    case .close: .close
    case .abandonWaits: .abandonWaits
    }
  }

  package var kind: Kind {
    switch self {
    case .runners, .tasks, .task, .stack, .history, .loop, .context, .jobs: .looking
    case .makeRunner, .startRunner, .stopRunner, .run, .spawn, .evaluate, .typeOf, .variables,
      .complete, .forgetCells, .waitForJob, .waitForTask, .cancel, .interrupt, .close:
      .acting
    case .abandonWaits: .abandoning
    }
  }

  /// Whether `abandonWaits` ends it.
  package var isAbandonable: Bool {
    switch self {
    case .waitForJob, .waitForTask, .cancel, .close: true
    default: false
    }
  }
}
