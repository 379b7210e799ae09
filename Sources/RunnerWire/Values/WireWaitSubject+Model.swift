package import RunnerCore

extension WireWaitSubject {
  package init(_ model: WaitSnapshot.Subject) {
    switch model {
    case .nextIteration: self = .nextIteration
    case .timer(let remaining): self = .timer(remaining: remaining.wireNanoseconds)
    case .task(let task): self = .task(task.number)
    case .tasks(let tasks): self = .tasks(tasks.map(\.number))
    case .anyTask(let tasks): self = .anyTask(tasks.map(\.number))
    case .future(let number, let label): self = .future(number, label: label)
    case .object(let object, let number, let label):
      self = .object(object.rawValue, number: number, label: label)
    case .readable(let descriptor): self = .readable(descriptor: descriptor)
    case .writable(let descriptor): self = .writable(descriptor: descriptor)
    case .outside(let what): self = .outside(what.rawValue)
    }
  }

  package var model: WaitSnapshot.Subject {
    switch self {
    case .nextIteration: .nextIteration
    case .timer(let remaining): .timer(remaining: Duration(wireNanoseconds: remaining))
    case .task(let task): .task(TaskID(task))
    case .tasks(let tasks): .tasks(tasks.map { TaskID($0) })
    case .anyTask(let tasks): .anyTask(tasks.map { TaskID($0) })
    case .future(let number, let label): .future(number, label: label)
    case .object(let object, let number, let label):
      // An object that this side does not know yet is at least known by its number and label.
      WaitedObject(rawValue: object).map { .object($0, number: number, label: label) }
        ?? .future(number, label: label)
    case .readable(let descriptor): .readable(descriptor: descriptor)
    case .writable(let descriptor): .writable(descriptor: descriptor)
    case .outside(let what): .outside(OutsideWait(rawValue: what) ?? .unknown)
    }
  }
}
