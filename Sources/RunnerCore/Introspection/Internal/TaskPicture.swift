internal import Synchronization

/// The live tasks of one loop at one moment, and who waits for whom; made on any thread, and used there.
final class TaskPicture {
  let loop: EventLoop
  let now: Int64
  /// The tasks that listings show, in the order of their numbers.
  let tasks: [AnyRunnerTask]
  let scopes: [TaskID: AnyRunnerTask]
  /// The tasks in which the library runs parts of others, in the order of their numbers.
  let parts: [AnyRunnerTask]
  /// Those of both that wait for another one's end or for several.
  private let waiting: [AnyRunnerTask]
  /// Whether tools have made some of the tasks.
  let hasTools: Bool
  private let mainTask: UInt64
  private let stepClock: StepClock?
  let works: WorkPicture
  /// What Swift's runtime adds; `nil` when nobody asked, or where it is not read.
  let natives: NativeWalk?
  /// The tasks that others await without the library, by the addresses of their Swift tasks.
  let nativeTargets: [UInt: TaskID]
  /// How the picture is taken; `nil` when nothing was asked of Swift's runtime.
  let consistency: SnapshotConsistency?
  private let sites = KnownSites()

  /// Takes the picture; with a `consistency`, with all that Swift's runtime says.
  init(of loop: EventLoop, natives consistency: SnapshotConsistency? = nil) {
    self.loop = loop
    now = loop.clock.now.nanoseconds
    mainTask = loop.mainTaskCell.load(ordering: .relaxed)
    stepClock = loop.stepClock
    works = WorkPicture(of: loop)
    let crowd = loop.registry.crowd()
    let live = crowd.tasks
    (waiting, hasTools) = (crowd.waiting, crowd.hasTools)
    var scopes: [TaskID: AnyRunnerTask] = [:]
    parts = crowd.hasHidden ? live.filter(\.isHidden) : []
    tasks = crowd.hasHidden ? live.filter { !$0.isHidden } : live
    for task in parts where task.scopeOwner != nil { scopes[task.id] = task }
    self.scopes = scopes
    self.consistency = consistency
    let natives = consistency.flatMap { NativeWalk(of: loop, live, $0) }
    self.natives = natives
    nativeTargets = natives?.targets(among: live) ?? [:]
  }

  /// What a task waits for, seen through the scopes around it.
  private func content(of task: AnyRunnerTask) -> (content: WaitCell.Content, deadline: Int64)? {
    guard let content = task.waitCell.read() else { return nil }
    if content.kind == .task, let scope = scopes[TaskID(content.detail)] {
      let deadline = scope.timeoutDeadline.load(ordering: .relaxed)
      guard let inner = self.content(of: scope) else { return nil }
      return (inner.content, min(deadline, inner.deadline))
    }
    return (content, task.timeoutDeadline.load(ordering: .relaxed))
  }

  /// The state, seen through the scopes.
  func state(of task: AnyRunnerTask) -> TaskState {
    let state = task.state
    guard state == .suspended, let content = task.waitCell.read(), content.kind == .task,
      let scope = scopes[TaskID(content.detail)]
    else { return state }
    let inner = self.state(of: scope)
    return inner.isLive && inner != .created ? inner : state == .suspended ? .ready : state
  }

  /// The moment since which a task has been suspended.
  func waitStart(of task: AnyRunnerTask) -> Int64? {
    guard state(of: task) == .suspended, let (content, _) = content(of: task),
      content.kind != .none
    else { return nil }
    return content.since
  }

  private func wait(of task: AnyRunnerTask) -> WaitSnapshot? {
    guard let (content, deadline) = content(of: task) else { return nil }
    return wait(of: task, for: content, until: deadline)
  }

  // Made in one piece, here and in what is called: each change of a picture that is there copies it.
  @inline(__always)
  private func wait(
    of task: AnyRunnerTask, for content: WaitCell.Content, until deadline: Int64
  ) -> WaitSnapshot? {
    if content.kind == .outside || content.place == nil {
      return nativeWait(of: task, for: content, until: deadline)
    }
    return wait(
      for: content, until: deadline, awaiting: { awaited(by: task) },
      work: { works[innermost(task).swiftTaskAddress] })
  }

  /// The same where Swift's runtime may know more.
  @inline(never)
  private func nativeWait(
    of task: AnyRunnerTask, for content: WaitCell.Content, until deadline: Int64
  ) -> WaitSnapshot? {
    let noted = wait(
      for: content, until: deadline, awaiting: { awaited(by: task) },
      work: { works[innermost(task).swiftTaskAddress] })
    guard var wait = noted else { return nil }
    addWhatIsNative(to: &wait, of: task)
    return wait
  }

  /// What a wait of the library's is for; `awaited` are the tasks that are awaited together.
  @inline(__always)
  func wait(
    for content: WaitCell.Content, until deadline: Int64 = .max, awaiting awaited: () -> [TaskID],
    work: () -> WaitSnapshot.Work?
  ) -> WaitSnapshot? {
    guard let subject = subject(of: content, awaiting: awaited) else { return nil }
    return WaitSnapshot(
      subject: subject, elapsed: .nanoseconds(max(0, now - content.since)),
      site: content.place.flatMap { sites.site($0) },
      timeoutRemaining: deadline == .max ? nil : .nanoseconds(deadline - now),
      holder: content.kind == .lock ? holder(content.detail) : nil,
      work: content.kind == .executor ? work() : nil)
  }

  private func subject(
    of content: WaitCell.Content, awaiting awaited: () -> [TaskID]
  ) -> WaitSnapshot.Subject? {
    switch content.kind {
    case .none: nil
    case .nextIteration: .nextIteration
    case .timer: .timer(remaining: .nanoseconds(Int64(bitPattern: content.detail) - now))
    case .task: .task(TaskID(content.detail))
    case .tasks: .tasks(awaited())
    case .anyTask: .anyTask(awaited())
    case .future: .future(content.detail, label: ObjectNumber.label(content.detail))
    case .lock, .event, .condition, .semaphore, .barrier, .queueItem, .queueSpace, .queueJoin,
      .executor, .generator:
      content.kind.object.map {
        .object($0, number: content.detail, label: ObjectNumber.label(content.detail))
      }
    case .readable: .readable(descriptor: Int32(truncatingIfNeeded: content.detail))
    case .writable: .writable(descriptor: Int32(truncatingIfNeeded: content.detail))
    case .outside: .outside(.unknown)
    }
  }

  func holder(_ number: UInt64) -> WaitSnapshot.Holder? {
    guard let holder = ObjectNumber.holder(number), let task = holder.task else { return nil }
    return WaitSnapshot.Holder(
      task: task, site: SourceSite(holder.site), elapsed: .nanoseconds(max(0, now - holder.since)))
  }

  private func awaited(by task: AnyRunnerTask) -> [TaskID] {
    if let content = task.waitCell.read(), content.kind == .task,
      let scope = scopes[TaskID(content.detail)]
    {
      return awaited(by: scope)
    }
    return task.awaited?.ids ?? []
  }

  /// For each task, or each of those that are wanted: those that wait for it and the owners of groups that it
  /// is in.
  func awaiters(of wanted: Set<TaskID>? = nil) -> [TaskID: [TaskID]] {
    var awaiters: [TaskID: [TaskID]] = [:]
    var several = Set<TaskID>()
    func note(_ one: [TaskID], for awaited: TaskID) {
      if let wanted, !wanted.contains(awaited) { return }
      guard let others = awaiters.updateValue(one, forKey: awaited) else { return }
      awaiters[awaited] = others + one
      several.insert(awaited)
    }
    for task in waiting {
      if !task.isHidden, let (content, _) = content(of: task), content.kind == .task {
        note([task.id], for: TaskID(content.detail))
      }
      guard !task.isHidden || task.scopeOwner != nil, let awaited = task.awaited else { continue }
      // One list for all that it awaits.
      let one = [task.visible.id]
      for child in awaited.ids { note(one, for: child) }
    }
    for (waiting, targets) in nativeAwaits(withLocks: false) {
      for target in targets.tasks { note([waiting], for: target) }
    }
    for awaited in several {
      awaiters[awaited] = Set(awaiters[awaited] ?? []).sorted { $0.number < $1.number }
    }
    return awaiters
  }

  /// The tasks for which a task waits: those that it awaits, or the one that has its lock.
  func targets(of task: AnyRunnerTask) -> AwaitTargets? {
    guard let (content, _) = content(of: task) else { return nil }
    switch content.kind {
    case .task: return .all([TaskID(content.detail)])
    case .tasks: return .all(awaited(by: task))
    case .anyTask: return .any(awaited(by: task))
    case .lock: return holder(content.detail).map { .all([$0.task]) }
    default: return nil
    }
  }

  /// The tasks that wait for a future.
  func awaiters(ofFuture number: UInt64) -> [TaskID] {
    tasks.filter { task in
      guard let (content, _) = content(of: task) else { return false }
      return content.kind == .future && content.detail == number
    }.map(\.id)
  }

  /// The program's lines in a task's stack, innermost first; without Swift's runtime, that of the
  /// wait and those of the scopes around it.
  func frames(of task: AnyRunnerTask) -> [SourceSite] {
    let noted = notedFrames(of: task)
    guard task.state != .created else { return noted }
    let frames = stackFrames(of: task).filter { !$0.isFolded }
    var missing = noted
    let sites = frames.compactMap { frame -> SourceSite? in
      guard let site = SourceSite(frame) else { return nil }
      guard let index = missing.firstIndex(where: { $0.isAtSameLine(as: site) }) else {
        return site
      }
      // The name that the source has is better than the compiler's.
      return missing.remove(at: index)
    }
    return missing + sites
  }

  /// The lines at which a task waits as the library has noted them.
  func notedFrames(of task: AnyRunnerTask) -> [SourceSite] {
    if task.state == .created { return task.creationSite.map { [$0] } ?? [] }
    var frames: [SourceSite] = []
    var next: AnyRunnerTask? = task
    while let content = next?.waitCell.read() {
      if let site = content.place.flatMap({ sites.site($0) }) { frames.append(site) }
      next = content.kind == .task ? scopes[TaskID(content.detail)] : nil
    }
    return frames.reversed()
  }

  func role(of task: AnyRunnerTask) -> TaskRole {
    task.id.number == mainTask ? .main : task.role
  }

  func snapshot(of task: AnyRunnerTask, awaitedBy: [TaskID]) -> TaskSnapshot {
    snapshot(of: task, task.currentLabels, awaitedBy: awaitedBy)
  }

  /// The same where what is said of the task is known already.
  @inline(__always)
  func snapshot(
    of task: AnyRunnerTask, _ labels: borrowing TaskLabels, awaitedBy: [TaskID]
  ) -> TaskSnapshot {
    let content = task.state == .suspended ? task.waitCell.read() : nil
    // Nearly all wait for something that can be said at once.
    if let content, content.kind != .task, labels.more == nil, stepClock == nil {
      let deadline = task.timeoutDeadline.load(ordering: .relaxed)
      return TaskSnapshot(
        id: task.id, name: labels.name, runner: loop.name, state: .suspended, role: role(of: task),
        parent: task.parent ?? task.scopeOwner?.visible.id,
        wait: wait(of: task, for: content, until: deadline), awaitedBy: awaitedBy,
        age: .nanoseconds(now - task.createdAt), steps: task.steps,
        cancellationRequests: task.cancellationRequests, origin: task.origin, more: .empty)
    }
    return anySnapshot(of: task, labels, awaitedBy: awaitedBy)
  }

  @inline(never)
  private func anySnapshot(
    of task: AnyRunnerTask, _ labels: borrowing TaskLabels, awaitedBy: [TaskID]
  ) -> TaskSnapshot {
    let state = self.state(of: task)
    var snapshot = TaskSnapshot(
      id: task.id, name: labels.name.bounded(), runner: loop.name, state: state,
      role: role(of: task), parent: task.parent ?? task.scopeOwner?.visible.id,
      wait: state == .suspended ? wait(of: task) : nil, awaitedBy: awaitedBy,
      age: .nanoseconds(now - task.createdAt), steps: task.steps,
      cancellationRequests: task.cancellationRequests, origin: task.origin, more: .empty)
    if let stepClock { snapshot.times = stepClock.times(of: task.id) }
    if let message = labels.cancellationMessage {
      snapshot.cancellationMessage = message.bounded()
    }
    if let cancellations = labels.cancellations {
      snapshot.cancellations = cancellations.snapshots(at: now)
      snapshot.cancellationCount = cancellations.count
    }
    return snapshot
  }
}
