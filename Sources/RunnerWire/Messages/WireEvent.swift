/// What the server tells without being asked.
package enum WireEvent: Hashable, Sendable {
  /// A job of this session has ended.
  case jobEnded(WireJobSnapshot)
  /// Nothing can ever wake these tasks of a runner.
  case deadlock(runner: String, tasks: [UInt64])
  /// A run can never end: its task, whom that waits for, …, and what the last of them waits for.
  case stalled(runner: String, tasks: [UInt64], wait: WireWaitSnapshot)
  /// A runner ended because of an error that nothing caught.
  case runnerFailed(runner: String, error: WireErrorSnapshot)
  /// One sentence for the person who looks on.
  case note(String)
  /// A kind that this version does not know; a receiver ignores it.
  case unknown(String)
}

extension WireEvent: Codable {
  private enum CodingKeys: String, CodingKey {
    case event
    case job
    case runner
    case tasks
    case wait
    case error
    case text
  }

  private enum Name: String, Codable {
    case jobEnded
    case deadlock
    case stalled
    case runnerFailed
    case note
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .event)
    switch Name(rawValue: name) {
    case .jobEnded: self = .jobEnded(try container.decode(WireJobSnapshot.self, forKey: .job))
    case .deadlock:
      self = .deadlock(
        runner: try container.decode(String.self, forKey: .runner),
        tasks: try container.decode([UInt64].self, forKey: .tasks))
    case .stalled:
      self = .stalled(
        runner: try container.decode(String.self, forKey: .runner),
        tasks: try container.decode([UInt64].self, forKey: .tasks),
        wait: try container.decode(WireWaitSnapshot.self, forKey: .wait))
    case .runnerFailed:
      self = .runnerFailed(
        runner: try container.decode(String.self, forKey: .runner),
        error: try container.decode(WireErrorSnapshot.self, forKey: .error))
    case .note: self = .note(try container.decode(String.self, forKey: .text))
    case nil: self = .unknown(name)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .jobEnded(let job):
      try container.encode(Name.jobEnded, forKey: .event)
      try container.encode(job, forKey: .job)
    case .deadlock(let runner, let tasks):
      try container.encode(Name.deadlock, forKey: .event)
      try container.encode(runner, forKey: .runner)
      try container.encode(tasks, forKey: .tasks)
    case .stalled(let runner, let tasks, let wait):
      try container.encode(Name.stalled, forKey: .event)
      try container.encode(runner, forKey: .runner)
      try container.encode(tasks, forKey: .tasks)
      try container.encode(wait, forKey: .wait)
    case .runnerFailed(let runner, let error):
      try container.encode(Name.runnerFailed, forKey: .event)
      try container.encode(runner, forKey: .runner)
      try container.encode(error, forKey: .error)
    case .note(let text):
      try container.encode(Name.note, forKey: .event)
      try container.encode(text, forKey: .text)
    case .unknown(let name):
      try container.encode(name, forKey: .event)
    }
  }
}
