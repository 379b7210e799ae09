/// What Swift's runtime adds to a picture: child tasks, awaits that are not the library's, stacks.
extension TaskPicture {
  /// What a reader cannot see in this picture, as a sentence; empty when it is whole.
  var omission: String {
    if natives?.isCut == true {
      return "There were too many tasks to look for all child tasks in time."
    }
    guard natives == nil, consistency != nil else { return "" }
    let reason = RuntimeReader.shared.reason
    return "Child tasks of Swift's own and what they wait for are not known here. \(reason)"
  }

  // MARK: Awaits

  /// Says what an await outside of the library is, and finds the line that nobody could note.
  func addWhatIsNative(to wait: inout WaitSnapshot, of task: AnyRunnerTask) {
    guard consistency != nil, let seen = runtimeTask(of: innermost(task)) else { return }
    if case .outside = wait.subject { wait.subject = subject(of: seen) }
    if wait.site == nil { wait.site = Self.site(of: seen) }
  }

  /// What a suspended task waits for by the runtime's own notes and by its frames.
  private func subject(of task: RuntimeTask) -> WaitSnapshot.Subject {
    switch task.dependency {
    case .task(let address): nativeTargets[address].map { .task($0) } ?? .outside(.task)
    case .group(let group):
      members(of: group).isEmpty ? .outside(.group) : .anyTask(members(of: group))
    case .executor: .outside(.executor)
    case .continuation: .outside(OutsideWait(continuationIn: CodeFrame.frames(of: task)))
    case nil: .outside(task.state == .enqueued ? .executor : .unknown)
    }
  }

  /// The first line of the program's in a stack.
  private static func site(of task: RuntimeTask) -> SourceSite? {
    for address in task.frames {
      let frame = CodeFrame.at(address)
      if !frame.isFolded, let site = SourceSite(StackFrame(frame)) { return site }
    }
    return nil
  }

  private func members(of group: UInt) -> [TaskID] {
    natives?.children.filter { $0.task.group == group }.map(\.id) ?? []
  }

  /// For whom those tasks wait that the library does not let wait: tasks outside, and child tasks.
  func nativeAwaits(withLocks: Bool) -> [TaskID: AwaitTargets] {
    guard let natives else { return [:] }
    var groups: [UInt: [TaskID]] = [:]
    for child in natives.children {
      if let group = child.task.group { groups[group, default: []].append(child.id) }
    }
    var targets: [TaskID: AwaitTargets] = [:]
    func add(_ waiting: TaskID, _ task: RuntimeTask) {
      switch task.dependency {
      case .task(let address): targets[waiting] = nativeTargets[address].map { .all([$0]) }
      case .group(let group): targets[waiting] = groups[group].map { .any($0) }
      case .continuation, .executor, nil: break
      }
    }
    for (id, task) in natives.outside { add(id, task) }
    for child in natives.children {
      if let content = loop.childWaits.read(child.task.address) {
        switch content.kind {
        case .task: targets[child.id] = .all([TaskID(content.detail)])
        case .lock where withLocks:
          targets[child.id] = holder(content.detail).map { .all([$0.task]) }
        default: break
        }
      } else {
        add(child.id, child.task)
      }
    }
    return targets
  }

  // MARK: Children

  /// A child task as a picture, or `nil` when it has ended meanwhile.
  func snapshot(of child: NativeWalk.Child, awaitedBy: [TaskID]) -> TaskSnapshot? {
    guard let task = Self.read(child), task.state != .complete else { return nil }
    let frames = CodeFrame.frames(of: task)
    let state = Self.state(of: task)
    return TaskSnapshot(
      id: child.id, name: name(of: child, task, frames), runner: loop.name, state: state,
      role: .child, operation: Self.function(of: frames) ?? "", parent: child.parent,
      wait: state == .suspended ? wait(of: task) : nil, awaitedBy: awaitedBy,
      age: .nanoseconds(max(0, now - child.firstSeen)),
      cancellationRequests: task.isCancelled ? 1 : 0)
  }

  /// The name that the child was given, or what it does: `async let loadUser()`, or else where it is
  /// written: `async let in handler(_:)`, `group child of handler(_:)`.
  func name(of child: NativeWalk.Child) -> String {
    if let name = child.task.name { return name }
    guard let task = Self.read(child) else { return "" }
    return name(of: child, task, CodeFrame.frames(of: task))
  }

  private func name(
    of child: NativeWalk.Child, _ task: RuntimeTask, _ frames: [CodeFrame]
  ) -> String {
    if let name = task.name { return name }
    let isAsyncLet = task.kind == .asyncLet
    guard let function = Self.function(of: frames) else {
      let parent = child.parent.map { " of task \($0)" } ?? ""
      return (isAsyncLet ? "async let" : "group child") + parent
    }
    if isAsyncLet, let called = Self.functionCalled(byAsyncLetIn: frames) {
      return "async let \(called)"
    }
    return (isAsyncLet ? "async let in " : "group child of ") + function
  }

  /// The function that an `async let` does nothing but call, while it does.
  private static func functionCalled(byAsyncLetIn frames: [CodeFrame]) -> String? {
    let own = frames.filter { !$0.isFolded }
    guard let expression = own.last, expression.function.hasPrefix("implicit closure #"),
      let called = own.dropLast().last, !called.function.hasPrefix("closure #"),
      !called.function.hasPrefix("implicit closure #")
    else { return nil }
    return called.function
  }

  private static func read(_ child: NativeWalk.Child) -> RuntimeTask? {
    RuntimeReader.shared.task(at: child.task.address, expecting: child.task.id)
  }

  static func state(of task: RuntimeTask?) -> TaskState {
    switch task?.state {
    case .running: .running
    case .enqueued: .ready
    case .suspended, .complete, nil: .suspended
    }
  }

  /// The function in which a child task is written, without the closures in it.
  private static func function(of frames: [CodeFrame]) -> String? {
    let frame =
      frames.last { !$0.isFolded }
      ?? frames.last {
        $0.role == .thunk && $0.module.map(CodeFrame.Role.isProgram) == true
          && $0.function.contains(" in ")
      }
    guard var name = frame.map({ Substring($0.function) }) else { return nil }
    while name.hasPrefix("closure #") || name.hasPrefix("implicit closure #"),
      let range = name.firstRange(of: " in ")
    {
      name = name[range.upperBound...]
    }
    return String(name)
  }

  private func wait(of task: RuntimeTask) -> WaitSnapshot? {
    var wait: WaitSnapshot
    if let content = loop.childWaits.read(task.address),
      let ours = self.wait(for: content, awaiting: { [] }, work: { works[task.address] })
    {
      wait = ours
    } else {
      wait = WaitSnapshot(subject: subject(of: task))
    }
    if wait.site == nil { wait.site = Self.site(of: task) }
    return wait
  }

  // MARK: Stacks

  /// The frames of a suspended task, innermost first, through the scopes around its wait.
  func stackFrames(of task: AnyRunnerTask) -> [StackFrame] {
    guard consistency != nil else { return [] }
    var parts: [[StackFrame]] = []
    var next: AnyRunnerTask? = task
    while let task = next, let seen = runtimeTask(of: task), seen.state != .running {
      parts.append(CodeFrame.frames(of: seen).map { StackFrame($0) })
      next = scope(awaitedBy: task)
    }
    return Array(parts.reversed().joined())
  }

  func stackFrames(of child: NativeWalk.Child) -> [StackFrame] {
    Self.read(child).map { CodeFrame.frames(of: $0).map { StackFrame($0) } } ?? []
  }

  // MARK: Task-locals

  /// The task-local values of a task or a child task, newest first, without the library's own.
  func locals(of id: TaskID) -> [ContextSnapshot.Local] {
    let reader = RuntimeReader.shared
    var locals: [RuntimeLocal] = []
    if let task = tasks.first(where: { $0.id == id }) {
      let innermost = self.innermost(task)
      let address = innermost.swiftTaskAddress
      // A task that waits outside may be running on another thread now.
      let isHeld = consistency == .exact && innermost.waitCell.currentKind != .outside
      if address != 0 { locals = reader.locals(at: address, access: isHeld ? .direct : .guarded) }
      guard innermost.swiftTaskAddress == address else { return [] }
    } else if let child = natives?.children.first(where: { $0.id == id }) {
      locals = reader.locals(at: child.task.address)
      guard Self.read(child) != nil else { return [] }
    }
    return locals.filter { $0.module != "RunnerCore" }.map {
      ContextSnapshot.Local(
        name: $0.variable ?? "0x" + String($0.key, radix: 16), module: $0.module, value: $0.value,
        isInherited: $0.isInherited)
    }
  }

  private func scope(awaitedBy task: AnyRunnerTask) -> AnyRunnerTask? {
    guard let content = task.waitCell.read(), content.kind == .task else { return nil }
    return scopes[TaskID(content.detail)]
  }

  /// The scope that really waits.
  func innermost(_ task: AnyRunnerTask) -> AnyRunnerTask {
    var task = task
    while let scope = scope(awaitedBy: task) { task = scope }
    return task
  }

  /// What the runtime says of a task now; `nil` when it has no Swift task or changes meanwhile.
  private func runtimeTask(of task: AnyRunnerTask) -> RuntimeTask? {
    let reader = RuntimeReader.shared
    let address = task.swiftTaskAddress
    guard reader.tier == .full, address != 0 else { return nil }
    let isHeld =
      consistency == .exact && task.waitCell.currentKind != .outside
      && !reader.hasChildren(at: address)
    let seen = reader.task(at: address, access: isHeld ? .direct : .guarded)
    return task.swiftTaskAddress == address ? seen : nil
  }
}

extension NativeWalk {
  /// The tasks that others await without the library, by address.
  func targets(among tasks: [AnyRunnerTask]) -> [UInt: TaskID] {
    var wanted = Set<UInt>()
    for task in outside.values {
      if case .task(let address) = task.dependency { wanted.insert(address) }
    }
    for child in children {
      if case .task(let address) = child.task.dependency { wanted.insert(address) }
    }
    if wanted.isEmpty { return [:] }
    var targets: [UInt: TaskID] = [:]
    for child in children where wanted.contains(child.task.address) {
      targets[child.task.address] = child.id
    }
    for task in tasks where wanted.contains(task.swiftTaskAddress) {
      targets[task.swiftTaskAddress] = task.visible.id
    }
    return targets
  }
}

extension OutsideWait {
  /// What a continuation belongs to, by the functions above the program's own.
  fileprivate init(continuationIn frames: [CodeFrame]) {
    for frame in frames {
      if frame.role == .program { break }
      if frame.fullName.contains("AsyncStream") || frame.fullName.contains("AsyncThrowingStream") {
        self = .stream
        return
      }
      if frame.module == "Swift" || frame.module == "_Concurrency",
        frame.function.contains("sleep(")
      {
        self = .sleep
        return
      }
    }
    self = .continuation
  }
}

extension EventLoop {
  /// The task-local values of a live task; may be called from any thread.
  func locals(of id: TaskID) -> [ContextSnapshot.Local] {
    inspect { [self] consistency in
      TaskPicture(of: self, natives: consistency).locals(of: id)
    }
  }
}
