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
    works = WorkPicture(of: loop.threadCalls)
    var tasks: [AnyRunnerTask] = []
    var scopes: [TaskID: AnyRunnerTask] = [:]
    var parts: [AnyRunnerTask] = []
    let live = loop.registry.live()
    tasks.reserveCapacity(live.count)
    for task in live {
      if !task.isHidden {
        tasks.append(task)
      } else {
        parts.append(task)
        if task.scopeOwner != nil { scopes[task.id] = task }
      }
    }
    self.parts = parts
    self.tasks = tasks
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
    guard let (content, deadline) = content(of: task),
      var wait = wait(for: content, awaiting: { awaited(by: task) })
    else { return nil }
    if deadline != .max { wait.timeoutRemaining = .nanoseconds(deadline - now) }
    if content.kind == .outside || content.place == nil { addWhatIsNative(to: &wait, of: task) }
    if content.kind == .executor { wait.work = works[innermost(task).swiftTaskAddress] }
    return wait
  }

  /// What a wait of the library's is for; `awaited` are the tasks that are awaited together.
  func wait(for content: WaitCell.Content, awaiting awaited: () -> [TaskID]) -> WaitSnapshot? {
    let subject: WaitSnapshot.Subject
    switch content.kind {
    case .none: return nil
    case .nextIteration: subject = .nextIteration
    case .timer:
      subject = .timer(remaining: .nanoseconds(Int64(bitPattern: content.detail) - now))
    case .task: subject = .task(TaskID(content.detail))
    case .tasks: subject = .tasks(awaited())
    case .anyTask: subject = .anyTask(awaited())
    case .future:
      subject = .future(content.detail, label: ObjectNumber.label(content.detail))
    case .lock, .event, .condition, .semaphore, .barrier, .queueItem, .queueSpace, .queueJoin,
      .executor, .generator:
      guard let object = content.kind.object else { return nil }
      subject = .object(
        object, number: content.detail, label: ObjectNumber.label(content.detail))
    case .readable:
      subject = .readable(descriptor: Int32(truncatingIfNeeded: content.detail))
    case .writable:
      subject = .writable(descriptor: Int32(truncatingIfNeeded: content.detail))
    case .outside: subject = .outside(.unknown)
    }
    return WaitSnapshot(
      subject: subject, elapsed: .nanoseconds(max(0, now - content.since)),
      site: content.place.flatMap { sites.site($0) },
      holder: content.kind == .lock ? holder(content.detail) : nil)
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

  /// For each task, those that wait for it and the owners of groups that it is in.
  func awaiters() -> [TaskID: [TaskID]] {
    var awaiters: [TaskID: [TaskID]] = [:]
    for task in tasks {
      guard let (content, _) = content(of: task), content.kind == .task else { continue }
      awaiters[TaskID(content.detail), default: []].append(task.id)
    }
    for task in tasks + Array(scopes.values) {
      guard let awaited = task.awaited else { continue }
      for child in awaited.ids { awaiters[child, default: []].append(task.visible.id) }
    }
    for (waiting, targets) in nativeAwaits(withLocks: false) {
      for target in targets.tasks { awaiters[target, default: []].append(waiting) }
    }
    return awaiters.mapValues { ids in
      ids.count == 1 ? ids : Set(ids).sorted { $0.number < $1.number }
    }
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
    let state = self.state(of: task)
    let labels = task.currentLabels
    return TaskSnapshot(
      id: task.id, name: labels.name, runner: loop.name, state: state, role: role(of: task),
      operation: task.operation, creationSite: task.creationSite,
      parent: task.parent ?? task.scopeOwner?.visible.id,
      wait: state == .suspended ? wait(of: task) : nil, awaitedBy: awaitedBy,
      age: .nanoseconds(now - task.createdAt), steps: task.steps,
      cancellationRequests: task.cancellationRequests,
      cancellationMessage: labels.cancellationMessage,
      cancellations: labels.cancellations?.snapshots(at: now) ?? [],
      cancellationCount: labels.cancellations?.count ?? 0, times: stepClock?.times(of: task.id))
  }
}
