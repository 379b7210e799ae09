/// Where a runner stands; a value whose transitions say what to do.
enum RunnerLifecycle {
  /// No loop yet; may become `initialized`.
  case created
  /// Has a loop and a context; may become `closed`.
  case initialized(EventLoop, SharedRunnerContext)
  /// Nothing follows; the loop is kept to be looked at.
  case closed(EventLoop, SharedRunnerContext)

  var phase: RunnerPhase {
    switch self {
    case .created: .created
    case .initialized: .initialized
    case .closed: .closed
    }
  }

  var loop: EventLoop? {
    switch self {
    case .created: nil
    case .initialized(let loop, _), .closed(let loop, _): loop
    }
  }

  var context: SharedRunnerContext? {
    switch self {
    case .created: nil
    case .initialized(_, let context), .closed(_, let context): context
    }
  }

  /// Gives the loop that there is, or the one that `make` makes.
  ///
  /// - Throws: `RunnerError.closed`, or what `make` throws; nothing has changed then.
  mutating func initialize(
    _ make: () throws -> (EventLoop, SharedRunnerContext)
  ) throws -> (EventLoop, SharedRunnerContext) {
    switch self {
    case .created:
      let (loop, context) = try make()
      self = .initialized(loop, context)
      return (loop, context)
    case .initialized(let loop, let context):
      return (loop, context)
    case .closed(let loop, _):
      throw RunnerError(.closed, "Runner is closed: '\(loop.name)' runs nothing any more.")
    }
  }

  mutating func close() {
    guard case .initialized(let loop, let context) = self else { return }
    self = .closed(loop, context)
  }
}
