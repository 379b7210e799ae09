/// The thing that a task waits for.
package enum WireWaitSubject: Hashable, Sendable {
  case nextIteration
  case timer(remaining: Int64)
  case task(UInt64)
  case tasks([UInt64])
  /// On the wire the same with `any`, which who does not know it passes over.
  case anyTask([UInt64])
  case future(UInt64, label: String)
  case object(String, number: UInt64, label: String)
  case readable(descriptor: Int32)
  case writable(descriptor: Int32)
  /// What kind of await, as `OutsideWait` names it.
  case outside(String)
}

extension WireWaitSubject: Codable {
  private enum Kind: String, Codable {
    case nextIteration
    case timer
    case task
    case tasks
    case future
    case object
    case readable
    case writable
    case outside
  }

  private enum CodingKeys: String, CodingKey {
    case kind
    case remaining = "remainingNanoseconds"
    case task
    case tasks
    case any
    case number
    case label
    case object
    case descriptor
    case what
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .nextIteration: self = .nextIteration
    case .timer:
      self = .timer(
        remaining: try container.decode(Int64.self, forKey: .remaining))
    case .task:
      self = .task(
        try container.decode(UInt64.self, forKey: .task))
    case .tasks:
      let tasks = try container.decode([UInt64].self, forKey: .tasks)
      let isAny = try container.decodeIfPresent(Bool.self, forKey: .any) ?? false
      self = isAny ? .anyTask(tasks) : .tasks(tasks)
    case .future:
      self = .future(
        try container.decode(UInt64.self, forKey: .number),
        label: try container.decode(String.self, forKey: .label))
    case .object:
      self = .object(
        try container.decode(String.self, forKey: .object),
        number: try container.decode(UInt64.self, forKey: .number),
        label: try container.decode(String.self, forKey: .label))
    case .readable:
      self = .readable(
        descriptor: try container.decode(Int32.self, forKey: .descriptor))
    case .writable:
      self = .writable(
        descriptor: try container.decode(Int32.self, forKey: .descriptor))
    case .outside:
      self = .outside(try container.decodeIfPresent(String.self, forKey: .what) ?? "unknown")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .nextIteration:
      try container.encode(Kind.nextIteration, forKey: .kind)
    case .timer(let remaining):
      try container.encode(Kind.timer, forKey: .kind)
      try container.encode(remaining, forKey: .remaining)
    case .task(let task):
      try container.encode(Kind.task, forKey: .kind)
      try container.encode(task, forKey: .task)
    case .tasks(let tasks):
      try container.encode(Kind.tasks, forKey: .kind)
      try container.encode(tasks, forKey: .tasks)
    case .anyTask(let tasks):
      try container.encode(Kind.tasks, forKey: .kind)
      try container.encode(tasks, forKey: .tasks)
      try container.encode(true, forKey: .any)
    case .future(let number, let label):
      try container.encode(Kind.future, forKey: .kind)
      try container.encode(number, forKey: .number)
      try container.encode(label, forKey: .label)
    case .object(let object, let number, let label):
      try container.encode(Kind.object, forKey: .kind)
      try container.encode(object, forKey: .object)
      try container.encode(number, forKey: .number)
      try container.encode(label, forKey: .label)
    case .readable(let descriptor):
      try container.encode(Kind.readable, forKey: .kind)
      try container.encode(descriptor, forKey: .descriptor)
    case .writable(let descriptor):
      try container.encode(Kind.writable, forKey: .kind)
      try container.encode(descriptor, forKey: .descriptor)
    case .outside(let what):
      try container.encode(Kind.outside, forKey: .kind)
      try container.encode(what, forKey: .what)
    }
  }
}
