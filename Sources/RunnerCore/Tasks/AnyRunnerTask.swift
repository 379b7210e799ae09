internal import CRunnerRuntime
internal import Synchronization

/// A coroutine that a loop runs, whatever it returns; mirrors `asyncio.Task`.
///
/// Its life is `created` → (`ready` → `running` → `suspended`)* → `finished`, `failed` or
/// `cancelled`. Every step of it is executed on the one thread that runs its loop.
///
/// Shared-memory rules:
/// 1. `let` properties and the atomic cells may be read from any thread.
/// 2. Everything else belongs to the loop's owner: the thread that runs the loop or, while none
///    does, the thread that holds the loop's ownership lock.
/// 3. `isDone` is stored with release ordering after the result, so a thread that has seen it may
///    read the result.
public class AnyRunnerTask: @unchecked Sendable, Identifiable {
  /// A number that is unique in this process and never used again.
  public let id: TaskID

  /// The loop that runs it.
  public let loop: EventLoop

  private let ownContext: LazyContext
  let origin: TaskOrigin
  /// The number of the task that has made it; 0 for none.
  private let parentNumber: UInt64
  let createdAt: Int64

  // Written by the owner, read from any thread.
  private let stateCell = Atomic<UInt8>(0)
  private let doneFlag = Atomic<Bool>(false)
  private let stepCell = Atomic<UInt64>(0)
  private let scopeStepCell = Atomic<UInt64>(0)
  private let requestCell = Atomic<Int32>(0)
  let waitCell = WaitCell()
  let timeoutDeadline = Atomic<Int64>(.max)
  private let readFlag = Atomic<Bool>(false)
  private let swiftTaskCell = Atomic<UInt>(0)

  // Behind the lock of the loop's registry.
  @exclusivity(unchecked) private(set) var labels: TaskLabels

  // The owner's; without checks for overlapping access, as in `EventLoop`.
  @exclusivity(unchecked) private var ownWaiter: Waiter?
  /// What it waits for, which lives until the wait has ended.
  @exclusivity(unchecked) unowned(unsafe) var waitTarget: (any WaitTarget)?
  @exclusivity(unchecked) var mustCancel = false
  /// Whether a request came while the task waited for something foreign that did not react to it.
  @exclusivity(unchecked) var hasUnheardRequest = false
  /// Whether something foreign has reacted to a request, and no step of the task has begun since.
  @exclusivity(unchecked) var hasHeardRequest = false
  /// The number of the last `CancellationPass` that came to this task.
  @exclusivity(unchecked) var lastPass: UInt64 = 0
  @exclusivity(unchecked) var isOutside = false
  /// Whether it is queued for its next step because it has given way outside of the library.
  @exclusivity(unchecked) var isYielding = false
  /// Whether its Swift task has a cancellation flag that shall be taken back.
  @exclusivity(unchecked) var carriesFlag = false
  @exclusivity(unchecked) private var waiters = WaiterList()
  @exclusivity(unchecked) private var rest: Rest?
  @exclusivity(unchecked) private var slot: Int32 = 0
  private(set) var failure: (any Error)?

  /// What it runs, until its end.
  @exclusivity(unchecked) var body = runner_body()
  /// Whether it was cancelled before its first step.
  @exclusivity(unchecked) var isRefused = false

  /// The task of which this is a scope, of a `timeout` or a task group; requests and questions go to that one.
  let scopeOwner: AnyRunnerTask?

  /// Whether it is the coroutine of a generator, which runs for the task that wants a value.
  let isGenerator: Bool
  /// The task that wants the generator's next value.
  var actingFor: AnyRunnerTask? {
    get { rest?.actingFor }
    set { if newValue != nil || rest != nil { madeRest.actingFor = newValue } }
  }

  /// What few tasks have, in an object of its own; the owner's.
  private final class Rest {
    var actingFor: AnyRunnerTask?
    var doneCallbacks = DoneCallbacks()
  }

  private var madeRest: Rest {
    if let rest { return rest }
    let rest = Rest()
    self.rest = rest
    return rest
  }

  /// The task whose code makes the call, in itself or in a child of it; `nil` outside of any.
  static var enclosing: AnyRunnerTask? {
    // Most of all it is the task whose step the loop executes.
    if let address = runner_current_loop() {
      let task = Unmanaged<EventLoop>.fromOpaque(address)._withUnsafeGuaranteedRef(\.callingTask)
      if let task { return task.takeUnretainedValue() }
    }
    if PlainSwift.isOnLoops, let loop = EventLoop.running, let task = loop.adoptedTaskHere() {
      return task
    }
    return inherited
  }

  /// Creates a task that its maker registers and starts.
  required init(_ facts: borrowing NewTask) {
    id = TaskID.next()
    let loop = facts.loop.takeUnretainedValue()
    self.loop = loop
    ownContext = LazyContext(facts.context, shared: facts.sharedContext)
    origin = facts.origin.takeRetainedValue()
    parentNumber = facts.parent?.number ?? 0
    scopeOwner = facts.scopeOwner?.takeUnretainedValue()
    isGenerator = facts.isGenerator
    createdAt = loop.nowInNanoseconds
    labels = TaskLabels(name: facts.name)
  }

  convenience init(
    _ request: borrowing TaskRequest, scopeOwner: AnyRunnerTask? = nil, isGenerator: Bool = false
  ) {
    var facts = NewTask(request)
    facts.scopeOwner = scopeOwner.map { .passUnretained($0) }
    facts.isGenerator = isGenerator
    self.init(facts)
  }

  deinit {
    if body.closure != nil { runner_forget_body(&body) }
    if isDone, let failure, !wasRead, !isHidden { reportUnread(failure) }
  }

  /// The task that has made it.
  var parent: TaskID? { parentNumber == 0 ? nil : TaskID(parentNumber) }

  var role: TaskRole { origin.role }
  var operation: String { origin.operation }
  var creationSite: SourceSite? { origin.site }

  /// What its waits are known by.
  var waiter: Waiter { waiterReference.takeUnretainedValue() }

  /// The same, without a count: it lives as long as the task.
  @inline(__always)
  var waiterReference: Unmanaged<Waiter> {
    if let ownWaiter { return .passUnretained(ownWaiter) }
    let waiter = Waiter(task: self)
    ownWaiter = waiter
    return .passUnretained(waiter)
  }

  /// Whether it waits for nothing of the library's.
  var hasIdleWaiter: Bool { ownWaiter?.isIdle ?? true }

  @inline(__always)
  func register() {
    slot = Int32(truncatingIfNeeded: loop.registry.add(self))
  }

  // MARK: What anyone may ask

  /// The task's name: as given, or `Task-N`; may be read and set from any thread.
  public var name: String {
    get { withLabels { $0 }.name }
    set { withLabels { $0.name = newValue } }
  }

  /// Whether the task has ended; mirrors `Task.done()`.
  ///
  /// May be asked from any thread.
  public var isDone: Bool { doneFlag.load(ordering: .acquiring) }

  /// Whether it ended with `CancellationError`; may be asked from any thread.
  ///
  /// False right after `cancel()`: only the end of the body decides. Mirrors `Task.cancelled()`.
  public var isCancelled: Bool { isDone && state == .cancelled }

  /// What the task is doing; may be asked from any thread.
  public var state: TaskState { TaskState(code: stateCell.load(ordering: .relaxed)) }

  /// Requests to cancel that `uncancel()` has not taken back; mirrors `Task.cancelling()`.
  public var cancellationRequests: Int { Int(requestCell.load(ordering: .relaxed)) }

  /// The message of the last request to cancel that had one.
  ///
  /// Of several requests that come before the error is delivered, the first one counts, as in asyncio;
  /// `TaskSnapshot.cancellations` has the messages of all.
  public var cancellationMessage: String? { withLabels { $0.cancellationMessage } }

  /// The last requests to cancel; `nil` when there was none.
  var cancellations: CancellationLog? { withLabels { $0.cancellations } }

  /// How many steps of the task have been executed, those inside its scopes among them.
  var steps: UInt64 { ownSteps &+ scopeStepCell.load(ordering: .relaxed) }

  private var ownSteps: UInt64 { stepCell.load(ordering: .relaxed) }

  /// Whether an error is on its way: a request was accepted, and no step of the task has begun since.
  var hasPendingRequest: Bool {
    if isHidden { return mustCancel || hasUnheardRequest }
    let innermost = self.innermost
    if innermost.mustCancel || innermost.hasUnheardRequest { return true }
    return cancellationRequests > 0 && cancellations?.step == innermost.currentStep
  }

  /// The part of the task that runs or waits now: a scope of a scope, or the task itself.
  private var innermost: AnyRunnerTask {
    var task = self
    while let scope = task.waitTarget as? AnyRunnerTask, scope.scopeOwner != nil { task = scope }
    return task
  }

  private var currentStep: CancellationLog.Step { CancellationLog.Step(task: id, number: ownSteps) }

  /// The tasks that this one waits for together, or has in a group.
  var awaited: AwaitedTasks? {
    get { withLabels { $0.awaited } }
    set {
      let previous = withLabels { labels in
        defer { labels.awaited = newValue }
        return labels.awaited
      }
      _ = previous  // Released here, outside of the lock: it may hold tasks.
    }
  }

  /// What is said about it, all at once.
  var currentLabels: TaskLabels { withLabels { $0 } }

  private func withLabels<R>(_ body: (inout TaskLabels) -> R) -> R {
    loop.registry.whileLocked { body(&labels) }
  }

  /// Its Swift task, between its first step and its end.
  var swiftTask: UnsafeCurrentTask? {
    let address = swiftTaskAddress
    return address == 0 ? nil : unsafeBitCast(address, to: UnsafeCurrentTask.self)
  }

  /// The address of its Swift task, 0 when it has none; may be read from any thread.
  ///
  /// Who finds the same address before and after reading there has read this task: it is cleared
  /// before the Swift task ends.
  var swiftTaskAddress: UInt {
    get { swiftTaskCell.load(ordering: .relaxed) }
    set { swiftTaskCell.store(newValue, ordering: .relaxed) }
  }

  // MARK: Steps, by the owner

  func setState(_ state: TaskState) {
    stateCell.store(state.code, ordering: .relaxed)
  }

  /// Notes that a step begins.
  @inline(__always)
  func beginStep() {
    (isYielding, hasHeardRequest) = (false, false)
    setState(.running)
    let steps = ownSteps &+ 1
    stepCell.store(steps, ordering: .relaxed)
    // The first step of a scope is part of the step that opens it.
    if scopeOwner != nil, steps > 1 { visible.countScopeStep(1) }
  }

  private func countScopeStep(_ change: Int) {
    let count = Int(bitPattern: UInt(scopeStepCell.load(ordering: .relaxed))) &+ change
    scopeStepCell.store(UInt64(UInt(bitPattern: count)), ordering: .relaxed)
  }

  func setRequests(_ count: Int, message: String?) {
    requestCell.store(Int32(clamping: count), ordering: .relaxed)
    if let message { withLabels { $0.cancellationMessage = message } }
  }

  func setRequests(_ count: Int) {
    requestCell.store(Int32(clamping: count), ordering: .relaxed)
  }

  /// Remembers who asked the task to end.
  func note(_ pass: CancellationPass) {
    let moment = loop.clock.now.nanoseconds
    let step = waitTarget == nil ? currentStep : innermost.currentStep
    withLabels {
      $0.cancellations = CancellationLog(pass, at: moment, step, after: $0.cancellations)
    }
    if loop.isInstrumented { loop.tellCancellation(of: self, pass) }
  }

  /// Notes the end, wakes those who wait, and schedules the callbacks in their order.
  ///
  /// What was added before anybody waited comes first: a task group hears of a child's end before those
  /// who await the child, and can still have them throw.
  func finish(_ outcome: borrowing EndedTask.Outcome) {
    let state: TaskState
    switch copy outcome {
    case .returned: state = .finished
    case .failed(let error): (state, failure) = (.failed, error)
    case .cancelled: state = .cancelled
    }
    setState(state)
    doneFlag.store(true, ordering: .releasing)
    waitCell.end()
    swiftTaskAddress = 0
    // Within the step that ends a scope its caller goes on, which is counted there.
    if scopeOwner != nil, ownSteps > 1 { visible.countScopeStep(-1) }
    if loop.isInstrumented, !isHidden { loop.tellEnded(self) }
    if rest == nil { tellThoseWhoWait() } else { tellAll() }
    // Nobody keeps it alive but those who remember it.
    loop.letGo(of: self)
    loop.registry.remove(self, slot: Int(slot), at: loop.nowInNanoseconds, outcome)
  }

  /// Tells those who wait for the end, and makes the calls that were asked for.
  @inline(never)
  private func tellAll() {
    let callbacks = madeRest.doneCallbacks.takeAll()
    for callback in callbacks.early { loop.enqueue(.callback(callback)) }
    tellThoseWhoWait()
    for callback in callbacks.late { loop.enqueue(.callback(callback)) }
  }

  @inline(__always)
  private func tellThoseWhoWait() {
    waiters.drain { scopeOwner == nil ? loop.wake($0) : loop.wakeInTurn($0) }
    if loop.mainTaskCell.load(ordering: .relaxed) == id.number { loop.enqueue(.endOfRun) }
  }

  // MARK: The body, of which each kind of task knows the type

  /// Memory for what the body returns.
  func placeForResult() -> UnsafeMutableRawPointer {
    preconditionFailure("Each kind of task knows.")
  }

  /// Gives memory back in which there is no value.
  func dropPlace() {}

  /// The end of a body that has returned.
  func endReturning() {}

  /// Whether somebody has seen the outcome; may be asked from any thread.
  var wasRead: Bool { readFlag.load(ordering: .relaxed) }

  /// Whether the registry counts the error as unread; guarded by its lock.
  var countsAsUnread = false

  /// Notes that somebody has seen the outcome of an ended task; may be called from any thread.
  func markRead() {
    guard !readFlag.exchange(true, ordering: .relaxed) else { return }
    if state == .failed { loop.registry.markRead(self) }
  }

  /// Tells of an error that nobody has seen and nobody can see any more.
  private func reportUnread(_ failure: any Error) {
    // It has left the loop through `run` already.
    if failure is RunnerInterrupted { return }
    loop.reportSoon(
      LoopReport(message: "Task exception was never retrieved", error: failure, about: self))
  }

  /// The error of an ended task, or `nil` when it returned; mirrors `Task.exception()`.
  ///
  /// May be called from any thread.
  ///
  /// - Throws: `RunnerError.invalidState` while the task lives, `RunnerError.closed` when it never will
  ///   end because its loop is closed; `CancellationError` when it was cancelled.
  public func error() throws -> (any Error)? {
    guard isDone else { throw notEnded("Exception") }
    markRead()
    if state == .cancelled { throw CancellationError() }
    return failure
  }

  /// The error of an ended task and whether anybody has asked for it, as a tool sees it: that is nobody.
  package var failureSeenByTool: (error: (any Error)?, wasRead: Bool) { (failure, wasRead) }

  /// - Throws: the error of a task that has ended with one.
  func checkOutcome() throws {
    guard state != .finished else { return }
    markRead()
    throw failure ?? CancellationError()
  }

  /// The error of a question that only an ended task can answer; `what` is not there.
  func notEnded(_ what: String) -> RunnerError {
    if loop.isClosed, !isDone {
      return RunnerError(
        .closed,
        "Task \(id) (\(name)) will never end: its event loop '\(loop.name)' is closed; make a new task in"
          + " an open one.")
    }
    return RunnerError(.invalidState, "\(what) is not set: task \(id) (\(name)) has not ended.")
  }

  func addWaiter(_ waiter: Waiter) { waiters.append(waiter) }

  // MARK: Done callbacks

  /// Schedules `action` on the loop when the task has ended, never at once.
  ///
  /// Callbacks are made in the order in which they were added; what one throws is told to the loop's
  /// exception handler. Cancel the callback to take it out again. Mirrors `Task.add_done_callback()`.
  /// May be called from any thread; from one that does not run the loop it takes effect when the
  /// loop next looks.
  @discardableResult
  public func whenDone(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function,
    _ action: @escaping @Sendable () throws -> Void
  ) -> ScheduledCallback {
    let callback = loop.makeCallback(
      deadline: nil, place: WaitPlace(fileID, line, function),
      action: action)
    loop.perform { [self] in
      if isDone { return loop.enqueue(.callback(callback)) }
      let cancelled = madeRest.doneCallbacks.append(callback, hasWaiters: !waiters.isEmpty)
      _ = cancelled  // Released here, when the list is whole again.
    }
    return callback
  }

  // MARK: Current task

  /// The task that is executing the call, or `nil`: a plain callback, or no loop at all.
  ///
  /// Inside an `async let` or a task group, the task that opened it. Mirrors
  /// `asyncio.current_task()`.
  public static var current: AnyRunnerTask? {
    enclosing?.ifCurrent
  }

  /// The task that the code of this one, which makes the call, takes itself for; `nil` in a callback.
  var ifCurrent: AnyRunnerTask? {
    guard loop.isRunningHere, !loop.isInCallback else { return nil }
    return isHidden ? acting : self
  }

  /// The task that the code of this one takes itself for; by the owner.
  var acting: AnyRunnerTask { scopeOwner?.acting ?? actingFor?.acting ?? self }

  /// Whether listings leave it out: it is a part of another task.
  var isHidden: Bool { scopeOwner != nil || isGenerator }

  /// The task's own context.
  var context: SharedRunnerContext { ownContext.shared }

  /// The variables of the task's own context as they are now.
  var ownContextValue: RunnerContext { ownContext.value }

  /// The variables of the code that runs in this task.
  var contextValue: RunnerContext {
    isGenerator && loop.isRunningHere ? actingFor?.contextValue ?? ownContextValue : ownContextValue
  }

  /// The context of the code that runs in this task.
  var effectiveContext: SharedRunnerContext {
    isGenerator && loop.isRunningHere ? actingFor?.effectiveContext ?? context : context
  }
}

extension AnyRunnerTask: WaitTarget {
  func cancelFromWaiter(_ pass: CancellationPass) -> Bool { acceptCancellation(pass) }

  func removeWaiter(_ waiter: Waiter) { waiters.remove(waiter) }
}

extension TaskID {
  private static let counter = Atomic<UInt64>(1)

  static func next() -> TaskID {
    TaskID(counter.wrappingAdd(1, ordering: .relaxed).oldValue)
  }

  /// Lets the next task have at least this number, so that a restarted tool uses none twice.
  package static func skip(to number: UInt64) {
    _ = counter.max(number, ordering: .relaxed)
  }
}

extension TaskState {
  init(code: UInt8) {
    self =
      switch code {
      case 1: .ready
      case 2: .running
      case 3: .suspended
      case 4: .finished
      case 5: .failed
      case 6: .cancelled
      default: .created
      }
  }

  var code: UInt8 {
    switch self {
    case .created: 0
    case .ready: 1
    case .running: 2
    case .suspended: 3
    case .finished: 4
    case .failed: 5
    case .cancelled: 6
    }
  }
}
