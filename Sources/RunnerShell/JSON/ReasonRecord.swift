package import RunnerCore

/// Why a task does not go on, in a document; what does not belong to the kind is `null`.
package struct ReasonRecord: Encodable, Sendable {
  package var kind: String
  @Nullable package var remaining: Double?
  @Nullable package var next: UInt64?
  @Nullable package var count: Int?
  @Nullable package var left: Int?
  @Nullable package var any: Bool?
  @Nullable package var object: String?
  @Nullable package var number: UInt64?
  @Nullable package var label: String?
  @Nullable package var holder: HolderRecord?
  @Nullable package var work: WorkRecord?
  @Nullable package var waiting: Int?
  @Nullable package var opposite: Int?
  @Nullable package var descriptor: Int32?
  @Nullable package var outside: String?
  @Nullable package var ending: EndingRecord?

  package init(_ reason: Explanation.Reason) {
    kind = Self.kind(of: reason)
    switch reason {
    case .created, .ready, .running, .nextIteration, .unknown: break
    case .timer(let left): remaining = DurationStyle.seconds(of: left)
    case .task(let id): (next, any) = (id.number, false)
    case .tasks(let all, let alive, let id):
      (count, left, next, any) = (all, alive, id?.number, false)
    case .anyTask(let all, let id): (count, next, any) = (all, id?.number, true)
    case .lock(let identity, let text, let who):
      (object, number, label) = ("lock", identity, text)
      holder = who.map(HolderRecord.init)
      next = who?.task.number
    case .future(let identity, let text, let crowd):
      (number, label, waiting) = (identity, text, crowd)
    case .object(let thing, let identity, let text, let crowd):
      (object, number, label) = (thing.rawValue, identity, text)
      (waiting, opposite) = (crowd?.waiting, crowd?.opposite)
    case .work(let pool, let text, let progress):
      (object, number, label) = (WaitedObject.executor.rawValue, pool, text)
      work = progress.map(WorkRecord.init)
    case .outside(let what): outside = what.rawValue
    case .readable(let number), .writable(let number): descriptor = number
    case .ended(let end): ending = EndingRecord(end)
    }
  }

  private static func kind(of reason: Explanation.Reason) -> String {
    switch reason {
    case .created: "created"
    case .ready: "ready"
    case .running: "running"
    case .nextIteration: "iteration"
    case .timer: "timer"
    case .task, .tasks, .anyTask: "tasks"
    case .lock, .object, .work: "object"
    case .future: "future"
    case .readable: "readable"
    case .writable: "writable"
    case .outside: "outside"
    case .ended: "ended"
    case .unknown: "unknown"
    }
  }
}

/// What a loop does, in a document; what does not belong to the kind is `null`.
package struct LoopStateRecord: Encodable, Sendable {
  package var kind: String
  @Nullable package var task: UInt64?
  @Nullable package var elapsed: Double?
  @Nullable package var remaining: Double?
  @Nullable package var count: Int?
  package var descriptors: [Int32] = []
  @Nullable package var site: SiteRecord?
  @Nullable package var systemCall: String?

  package init(_ state: Explanation.LoopState) {
    switch state {
    case .notMade: kind = "notMade"
    case .closed: kind = "closed"
    case .standing: kind = "standing"
    case .blocked(let step, _):
      (kind, task, elapsed) = (
        "blocked", step.task?.number, DurationStyle.seconds(of: step.elapsed)
      )
      (site, systemCall) = (step.site.map(SiteRecord.init), step.systemCall)
    case .busy(let queued): (kind, count) = ("busy", queued)
    case .timer(let left, let id):
      (kind, task, remaining) = ("timer", id?.number, DurationStyle.seconds(of: left))
    case .descriptors(let numbers): (kind, descriptors) = ("descriptors", numbers)
    case .threads(let tasks): (kind, count) = ("threads", tasks)
    case .outside(let tasks): (kind, count) = ("outside", tasks)
    case .empty: kind = "empty"
    case .stalled: kind = "stalled"
    case .waiting: kind = "waiting"
    }
  }
}
