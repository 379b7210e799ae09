internal import CRunnerRuntime

/// Proves a layout of tasks by tasks that it makes itself: each offset is one that a known fact was
/// found at.
///
/// The tasks never leave the calling thread: their executor runs their jobs here, and nowhere else
/// is anything that they wait for. All memory is read guarded, so that a layout that is wrong is an
/// answer. What changes a task (the cancellation flag, the id) is done last, when everything else
/// holds.
struct LayoutProof {
  private let reader: LayoutReader
  private let executor = HeldExecutor()
  private let scene = ProofScene()

  init(of layout: runner_task_layout) { reader = LayoutReader(layout: layout) }

  /// The first thing that did not hold, as a clause, or `nil` when all did.
  func failure() -> String? {
    do {
      try prove()
      return nil
    } catch { return "the proof of the layout failed at \(error.what)" }
  }

  private func prove() throws(Unproven) {
    let scene = scene
    let reader = reader
    let main = Task<Void, Never>.detached(
      name: Self.name, executorPreference: executor, priority: .utility
    ) {
      scene.seenRunning = reader.read(ProofScene.currentAddress())
      await ProofScene.$number.withValue(Self.number) {
        await withTaskCancellationHandler {
          await withTaskGroup(of: Int.self) { group in
            for depth in 1...3 { group.addTask { await scene.park(under: depth) } }
            await group.waitForAll()
          }
        } onCancel: {
        }
        async let child = scene.park(under: Self.depth)
        _ = await child
      }
    }
    // Whatever was proven, all tasks come to their end here.
    defer { finish() }

    guard let address = executor.newest else { throw Unproven("enqueuing") }
    try proveEnqueued(address)
    executor.run()
    try proveGroup(address)
    scene.resumeAll()
    executor.run()
    try proveAsyncLet(address)

    let watcher = Task<Void, Never>.detached(executorPreference: executor) { await main.value }
    guard let watching = executor.newest else { throw Unproven("enqueuing") }
    executor.run()
    try require(reader.read(watching)?.dependency == .task(address), "a task that awaits a task")
    try proveCancellation(main, at: address)
    try proveID(address)

    scene.resumeAll()
    executor.run()
    try require(reader.read(address)?.state == .complete, "the flag of an ended task")
    withExtendedLifetime((main, watcher)) {}
  }

  private static let name = "runner's proof of Swift's layout"
  private static let number = 4711
  private static let depth = 5

  private func finish() {
    for _ in 0..<4 {
      scene.resumeAll()
      executor.run()
    }
  }

  private func require(_ condition: Bool, _ what: String) throws(Unproven) {
    guard condition else { throw Unproven(what) }
  }

  private func read(_ address: UInt, _ what: String) throws(Unproven) -> RuntimeTask {
    guard let task = reader.read(address), task.isWhole else { throw Unproven(what) }
    return task
  }

  private func proveEnqueued(_ address: UInt) throws(Unproven) {
    let task = try read(address, "a new task")
    try require(task.id == runner_task_official_id(address), "the id")
    try require(task.name == Self.name, "the name")
    try require(task.kind == .task && task.parent == nil, "the kind of a task")
    try require(task.state == .enqueued && !task.isCancelled, "the flags of a queued task")
    try require(
      task.priority == TaskPriority.utility.rawValue
        && task.basePriority == TaskPriority.utility.rawValue, "the priorities")
    try require(task.preferredExecutor == executor.address, "the preferred executor")
    if case .executor = task.dependency {} else { throw Unproven("a task that waits for its turn") }
    try require(task.frames.count > 0 && task.frames.allSatisfy(runner_is_code), "the first frame")
  }

  private func proveGroup(_ address: UInt) throws(Unproven) {
    try require(scene.seenRunning?.state == .running, "the flag of a running task")
    try require(scene.seenRunning?.address == address, "the address of a running task")
    let task = try read(address, "a suspended task")
    try require(task.state == .suspended && task.isWhole, "the flags of a suspended task")
    try require(task.cancellationHandlers == 1, "the cancellation handler")
    try require(scene.parked == 3 && task.children.count == 3, "the children of a group")
    guard case .group(let group) = task.dependency else { throw Unproven("awaiting a group") }
    var ids: Set<UInt64> = [task.id]
    for address in task.children {
      let child = try read(address, "a child of a group")
      try require(ids.insert(child.id).inserted, "the children's ids")
      try require(child.id == runner_task_official_id(address), "a child's id")
      try require(child.kind == .groupChild && child.group == group, "a child's group")
      try require(child.parent == task.address, "a child's parent")
      try proveParked(child)
      try proveLocals(child.address, isInherited: true)
    }
    try proveLocals(address, isInherited: false)
    let depths = task.children.compactMap { reader.read($0).map(Self.recursion) }
    try require(Set(depths) == [1, 2, 3], "the frames of a group's children")
  }

  private func proveAsyncLet(_ address: UInt) throws(Unproven) {
    let task = try read(address, "a task that awaits its child")
    try require(task.cancellationHandlers == 0, "the end of a cancellation handler")
    guard task.children.count == 1, let child = task.children.first else {
      throw Unproven("the child of async let")
    }
    try require(task.dependency == .task(child), "awaiting a child")
    try require(
      task.frames.allSatisfy { runner_is_code($0) && runner_resume_adapter($0) == 0 },
      "the frames of a task that awaits a child")
    let made = try read(child, "a child of async let")
    try require(made.kind == .asyncLet && made.parent == address, "the parent of async let")
    try proveParked(made)
    try require(Self.recursion(in: made) == Self.depth, "the frames of a deep task")
  }

  private func proveParked(_ task: RuntimeTask) throws(Unproven) {
    guard case .continuation(let context) = task.dependency, context != 0 else {
      throw Unproven("awaiting a continuation")
    }
    try require(task.frames.allSatisfy(runner_is_code), "the frames of a suspended task")
  }

  /// How many frames of a task are the same function's: calls that a recursion has made.
  private static func recursion(in task: RuntimeTask) -> Int {
    var counts: [UInt: Int] = [:]
    for frame in task.frames { counts[frame, default: 0] += 1 }
    return counts.values.max() ?? 0
  }

  private func proveLocals(_ address: UInt, isInherited: Bool) throws(Unproven) {
    let local = reader.locals(address).first { $0.key == ProofScene.numberKey }
    guard let local, local.is_inherited == isInherited else { throw Unproven("a task-local value") }
    var number = 0
    try require(
      runner_memory_read(runner_memory_guarded, local.value, &number, MemoryLayout<Int>.size)
        && number == Self.number
        && local.value_type == unsafeBitCast(Int.self as Any.Type, to: UInt.self),
      "the value of a task-local variable")
  }

  /// Twice: a flag that was taken back must be one that can be set again.
  private func proveCancellation(
    _ task: Task<Void, Never>, at address: UInt
  ) throws(Unproven) {
    let before = runner_task_flags(address)
    let bit = UInt32(runner_task_cancelled)
    for _ in 0..<2 {
      try require(!task.isCancelled && runner_task_flags(address) == before, "the flags")
      task.cancel()
      try require(
        task.isCancelled && runner_task_flags(address) == before | bit
          && reader.read(address)?.isCancelled == true, "the flag of a cancelled task")
      runner_task_clear_cancelled(address)
      try require(
        !task.isCancelled && reader.read(address)?.isCancelled == false,
        "taking the flag back")
    }
  }

  /// No process has had so many tasks that the upper half of an id were in use: it is set for a
  /// moment.
  private func proveID(_ address: UInt) throws(Unproven) {
    let high = UnsafeMutablePointer<UInt32>(bitPattern: address + UInt(reader.layout.id_high))
    guard let high else { throw Unproven("the upper half of the id") }
    let before = high.pointee
    high.pointee = before &+ 1
    let id = runner_task_official_id(address)
    let seen = reader.read(address)?.id
    high.pointee = before
    try require(
      id >> 32 == UInt64(before) + 1 && seen == id, "the upper half of the id")
  }
}

/// What did not hold.
private struct Unproven: Error {
  let what: String

  init(_ what: String) { self.what = what }
}

/// Reads by a layout that is yet to be proven.
private struct LayoutReader: Sendable {
  let layout: runner_task_layout

  func read(_ address: UInt) -> RuntimeTask? {
    RuntimeReader(unproven: layout).readByLayout(
      at: address, access: .guarded, withFrames: true)
  }

  func locals(_ address: UInt) -> [runner_task_local] {
    withUnsafeTemporaryAllocation(of: runner_task_local.self, capacity: 64) { buffer in
      guard let start = buffer.baseAddress else { return [] }
      let count = withUnsafePointer(to: layout) {
        runner_task_read_locals($0, runner_memory_guarded, address, start, UInt32(buffer.count))
      }
      return Array(buffer.prefix(Int(count)))
    }
  }
}

/// What the proof's tasks share; all of them run on one thread.
private final class ProofScene: @unchecked Sendable {
  @TaskLocal static var number = 0

  static var numberKey: UInt { UInt(bitPattern: Unmanaged.passUnretained($number).toOpaque()) }

  var seenRunning: RuntimeTask?
  private var continuations: [UnsafeContinuation<Void, Never>] = []

  var parked: Int { continuations.count }

  static func currentAddress() -> UInt {
    withUnsafeCurrentTask { task in task.map { unsafeBitCast($0, to: UInt.self) } ?? 0 }
  }

  /// Suspends under so many calls of itself.
  @inline(never)
  func park(under depth: Int) async -> Int {
    if depth == 0 {
      await withUnsafeContinuation { continuations.append($0) }
      return 0
    }
    return await park(under: depth - 1) + 1
  }

  func resumeAll() {
    let resumed = continuations
    continuations = []
    for continuation in resumed { continuation.resume() }
  }
}
