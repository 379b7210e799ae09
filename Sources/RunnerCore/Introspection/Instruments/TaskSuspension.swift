/// What a task begins to wait for, and where; its texts are made when they are asked for.
public struct TaskSuspension: Sendable {
  private let kind: WaitKind
  private let detail: UInt64
  private let awaited: [TaskID]
  private let moment: Int64
  let waitSite: WaitSite?

  init(
    _ kind: WaitKind, detail: UInt64, awaited: [TaskID] = [], at moment: Int64, site: WaitSite?
  ) {
    self.kind = kind
    self.detail = detail
    self.awaited = awaited
    self.moment = moment
    waitSite = site
  }

  /// The thing waited for.
  public var subject: WaitSnapshot.Subject {
    switch kind {
    case .nextIteration: .nextIteration
    case .timer: .timer(remaining: .nanoseconds(Int64(bitPattern: detail) - moment))
    case .task: .task(TaskID(detail))
    case .tasks: .tasks(awaited)
    case .anyTask: .anyTask(awaited)
    case .future: .future(detail, label: ObjectNumber.label(detail))
    case .readable: .readable(descriptor: Int32(truncatingIfNeeded: detail))
    case .writable: .writable(descriptor: Int32(truncatingIfNeeded: detail))
    case .none, .outside: .outside(.unknown)
    case .lock, .event, .condition, .semaphore, .barrier, .queueItem, .queueSpace, .queueJoin,
      .executor, .generator:
      kind.object.map { .object($0, number: detail, label: ObjectNumber.label(detail)) }
        ?? .outside(.unknown)
    }
  }

  /// The line that awaits; `nil` when it is not known here.
  public var site: SourceSite? { waitSite.map { SourceSite($0) } }
}
