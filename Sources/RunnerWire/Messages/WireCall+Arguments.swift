/// Which arguments each call carries.
extension WireCall {
  private enum CodingKeys: String, CodingKey {
    case task
    case runner
    case owner
    case expression
    case cell
    case name
    case after
    case prefix
    case job
    case limit = "limitNanoseconds"
    case deadline = "deadlineNanoseconds"
  }

  /// Whether its message has an `arguments` object.
  var hasArguments: Bool {
    switch self {
    case .runners, .jobs, .abandonWaits, .forgetCells: false
    default: true
    }
  }

  /// Creates the call with this name from its `arguments` object.
  init(_ name: Name, arguments: (any Decoder)?) throws {
    switch name {
    case .runners: self = .runners
    case .jobs: self = .jobs
    case .abandonWaits: self = .abandonWaits
    case .forgetCells: self = .forgetCells
    default:
      guard let arguments else {
        throw WireError(.malformedMessage, "The call '\(name.rawValue)' needs 'arguments'.")
      }
      try self.init(name, from: arguments)
    }
  }

  private init(_ name: Name, from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func runner() throws -> String { try container.decode(String.self, forKey: .runner) }
    switch name {
    case .runners: self = .runners
    case .jobs: self = .jobs
    case .abandonWaits: self = .abandonWaits
    case .forgetCells: self = .forgetCells
    case .tasks: self = .tasks(try WireTaskQuery(from: decoder))
    case .history: self = .history(try WireTaskQuery(from: decoder))
    case .task: self = .task(try container.decode(UInt64.self, forKey: .task))
    case .stack: self = .stack(try container.decode(UInt64.self, forKey: .task))
    case .loop: self = .loop(runner: try runner())
    case .context:
      self = .context(try container.decode(WireContextOwner.self, forKey: .owner))
    case .makeRunner: self = .makeRunner(try WireRunnerOptions(from: decoder))
    case .startRunner: self = .startRunner(try runner())
    case .stopRunner: self = .stopRunner(try runner())
    case .run:
      self = .run(
        expression: try container.decode(String.self, forKey: .expression), runner: try runner())
    case .spawn:
      self = .spawn(
        expression: try container.decode(String.self, forKey: .expression), runner: try runner(),
        name: try container.decodeIfPresent(String.self, forKey: .name))
    case .evaluate:
      self = .evaluate(
        try container.decode(WireCellRequest.self, forKey: .cell), runner: try runner())
    case .typeOf: self = .typeOf(try container.decode(WireCellRequest.self, forKey: .cell))
    case .variables: self = .variables(runner: try runner())
    case .complete:
      self = .complete(
        after: try container.decode(String.self, forKey: .after),
        prefix: try container.decode(String.self, forKey: .prefix))
    case .waitForJob:
      self = .waitForJob(
        try container.decode(Int.self, forKey: .job),
        limit: try container.decodeIfPresent(Int64.self, forKey: .limit))
    case .waitForTask:
      self = .waitForTask(
        try container.decode(UInt64.self, forKey: .task),
        limit: try container.decodeIfPresent(Int64.self, forKey: .limit))
    case .cancel: self = .cancel(try WireCancelRequest(from: decoder))
    case .interrupt: self = .interrupt(try runner())
    case .close:
      self = .close(
        try runner(), deadline: try container.decodeIfPresent(Int64.self, forKey: .deadline))
    }
  }

  /// Writes the `arguments` object.
  func encodeArguments(to encoder: any Encoder) throws {
    switch self {
    case .runners, .jobs, .abandonWaits, .forgetCells: return
    case .tasks(let query), .history(let query): return try query.encode(to: encoder)
    case .makeRunner(let options): return try options.encode(to: encoder)
    case .cancel(let request): return try request.encode(to: encoder)
    default: break
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .runners, .jobs, .abandonWaits, .forgetCells, .tasks, .history, .makeRunner, .cancel: break
    case .task(let task), .stack(let task): try container.encode(task, forKey: .task)
    case .loop(let runner), .startRunner(let runner), .stopRunner(let runner),
      .interrupt(let runner), .variables(let runner):
      try container.encode(runner, forKey: .runner)
    case .context(let owner): try container.encode(owner, forKey: .owner)
    case .run(let expression, let runner):
      try container.encode(expression, forKey: .expression)
      try container.encode(runner, forKey: .runner)
    case .spawn(let expression, let runner, let name):
      try container.encode(expression, forKey: .expression)
      try container.encode(runner, forKey: .runner)
      try container.encodeIfPresent(name, forKey: .name)
    case .evaluate(let cell, let runner):
      try container.encode(cell, forKey: .cell)
      try container.encode(runner, forKey: .runner)
    case .typeOf(let cell): try container.encode(cell, forKey: .cell)
    case .complete(let text, let prefix):
      try container.encode(text, forKey: .after)
      try container.encode(prefix, forKey: .prefix)
    case .waitForJob(let job, let limit):
      try container.encode(job, forKey: .job)
      try container.encodeIfPresent(limit, forKey: .limit)
    case .waitForTask(let task, let limit):
      try container.encode(task, forKey: .task)
      try container.encodeIfPresent(limit, forKey: .limit)
    case .close(let runner, let deadline):
      try container.encode(runner, forKey: .runner)
      try container.encodeIfPresent(deadline, forKey: .deadline)
    }
  }
}
