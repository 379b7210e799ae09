/// What has happened in a task group, and what follows from it.
struct TaskGroupState {
  /// How a group ends.
  enum Verdict {
    /// With the body's value.
    case returned
    /// A child or the body threw the interrupt; its context holds the other errors.
    case interrupted(RunnerInterrupted)
    case failed([any Error])
    /// The parent was asked to end, or the body ended like that.
    case cancelled
  }

  /// Whether the children have been asked to end; no more are taken then.
  private(set) var isAborting = false
  private(set) var bodyHasEnded = false
  /// Whether `CancellationError` came out of the body or out of the wait for the children.
  private(set) var sawCancellation = false
  /// In the order in which they came.
  private(set) var errors: [any Error] = []
  private var bodyError: (any Error)?
  private var interrupt: RunnerInterrupted?

  /// Notes the end of a child; returns whether the others must be asked to end.
  mutating func childEnded(with error: (any Error)?) -> Bool {
    guard let error else { return false }
    if let interrupt = error as? RunnerInterrupted, self.interrupt == nil {
      self.interrupt = interrupt
    } else {
      errors.append(error)
    }
    return beginAbort()
  }

  /// Notes the end of the body; returns whether the children must be asked to end.
  mutating func bodyEnded(with error: (any Error)?) -> Bool {
    bodyHasEnded = true
    guard let error else { return false }
    if error is CancellationError {
      sawCancellation = true
    } else if let interrupt = error as? RunnerInterrupted, self.interrupt == nil {
      self.interrupt = interrupt
    } else {
      bodyError = error
    }
    return beginAbort()
  }

  /// Notes that the parent was asked to end; returns whether the children must be asked too.
  mutating func parentCancelled() -> Bool {
    sawCancellation = true
    return beginAbort()
  }

  /// How the group ends, when the body and all children have.
  var verdict: Verdict {
    let all = errors + (bodyError.map { [$0] } ?? [])
    if var interrupt {
      if interrupt.context == nil, !all.isEmpty { interrupt.context = RunnerTaskGroupError(all) }
      return .interrupted(interrupt)
    }
    if !all.isEmpty { return .failed(all) }
    return sawCancellation ? .cancelled : .returned
  }

  private mutating func beginAbort() -> Bool {
    defer { isAborting = true }
    return !isAborting
  }
}
