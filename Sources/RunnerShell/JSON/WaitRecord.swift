package import RunnerCore

/// What a task waits for, in a document; what does not belong to the kind is `null`.
package struct WaitRecord: Encodable, Sendable {
  /// `iteration`, `timer`, `tasks`, `future`, `object`, `readable`, `writable` or `outside`.
  package var kind: String
  @Nullable package var remaining: Double?
  package var tasks: [UInt64] = []
  @Nullable package var any: Bool?
  @Nullable package var future: UInt64?
  @Nullable package var object: String?
  @Nullable package var number: UInt64?
  @Nullable package var label: String?
  @Nullable package var descriptor: Int32?
  @Nullable package var outside: String?
  @Nullable package var elapsed: Double?
  @Nullable package var timeout: Double?
  @Nullable package var site: SiteRecord?
  @Nullable package var holder: HolderRecord?
  @Nullable package var work: WorkRecord?

  package init(_ wait: WaitSnapshot) {
    elapsed = wait.elapsed.map(DurationStyle.seconds)
    timeout = wait.timeoutRemaining.map(DurationStyle.seconds)
    site = wait.site.map(SiteRecord.init)
    holder = wait.holder.map(HolderRecord.init)
    work = wait.work.map(WorkRecord.init)
    switch wait.subject {
    case .nextIteration: kind = "iteration"
    case .timer(let left):
      kind = "timer"
      remaining = DurationStyle.seconds(of: left)
    case .task(let id):
      kind = "tasks"
      (tasks, any) = ([id.number], false)
    case .tasks(let ids):
      kind = "tasks"
      (tasks, any) = (ids.map(\.number), false)
    case .anyTask(let ids):
      kind = "tasks"
      (tasks, any) = (ids.map(\.number), true)
    case .future(let number, let text):
      kind = "future"
      future = number
      label = text
    case .object(let thing, let identity, let text):
      kind = "object"
      object = thing.rawValue
      number = identity
      label = text
    case .readable(let number):
      kind = "readable"
      descriptor = number
    case .writable(let number):
      kind = "writable"
      descriptor = number
    case .outside(let what):
      kind = "outside"
      outside = what.rawValue
    }
  }
}

/// The task that has the lock waited for, in a document.
package struct HolderRecord: Encodable, Sendable {
  package var task: UInt64
  @Nullable package var site: SiteRecord?
  @Nullable package var elapsed: Double?

  package init(_ holder: WaitSnapshot.Holder) {
    task = holder.task.number
    site = holder.site.map(SiteRecord.init)
    elapsed = holder.elapsed.map(DurationStyle.seconds)
  }
}

/// How far work on a thread has come, in a document: queued behind `ahead` jobs, or on `thread`.
package struct WorkRecord: Encodable, Sendable {
  @Nullable package var ahead: Int?
  @Nullable package var thread: String?
  @Nullable package var elapsed: Double?

  package init(_ work: WaitSnapshot.Work) {
    switch work {
    case .queued(let count): ahead = count
    case .running(let name, let time):
      (thread, elapsed) = (name, DurationStyle.seconds(of: time))
    }
  }
}
