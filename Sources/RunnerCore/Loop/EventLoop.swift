private import CRunnerRuntime
internal import Synchronization

/// Runs callbacks and the steps of tasks, one after the other, on the thread that calls it.
///
/// Everything between two awaits of a task is executed without interleaving: asyncio's promise.
/// Mirrors `asyncio.AbstractEventLoop`. A loop is usually made and owned by a `Runner`.
///
/// Shared-memory rules:
/// 1. The *owner* is the thread inside `withOwnership`: the one that runs the loop or, while none
///    does, one that looks at it or changes it for a moment. Properties in the owner's section are
///    touched by the owner only.
/// 2. Other threads hand work over through `inbox`.
/// 3. Atomic cells and values behind locks may be read from any thread, also while a step is stuck.
public final class EventLoop: @unchecked Sendable {
  /// The name that snapshots and messages show: that of the runner.
  public let name: String

  /// What the loop takes its time from.
  public let clock: any LoopClock

  let selector: any LoopSelector
  let registry: TaskRegistry
  let inbox = Inbox()
  let interrupts = InterruptCounter()
  // Not of `Void`: an empty value has the address of the object's header, and ThreadSanitizer takes
  // its "modification" under the lock for one of the header, which every call reads.
  private let ownership = LockedValue(false)
  private let stallHandlerStorage = LateValue<(@Sendable () -> Void)?>()
  let hasTaskFactory = Atomic<Bool>(false)
  let factoryStorage = LateValue<(any RunnerTaskFactory)?>()
  let reportHandler = LateValue<(@Sendable (LoopReport) throws -> Void)?>()
  let lateReports = LateValue<[LoopReport]>()
  let defaultPool = LateValue<DefaultPool>()
  let hasLateReports = Atomic<Bool>(false)
  let debugFlag: Atomic<Bool>
  let slowStepNanoseconds = Atomic<Int64>(100_000_000)
  let instruments = LateValue<[any RunnerInstrument]>()
  let instrumentedFlag = Atomic<Bool>(false)
  let stepClockStorage = LateValue<StepClock?>()

  // Readable from any thread.
  let phaseCell = Atomic<UInt8>(0)
  let threadCell = Atomic<Int32>(0)
  let iterationCell = Atomic<UInt64>(0)
  let stepStartCell = Atomic<Int64>(0)
  let stepTaskCell = Atomic<UInt64>(0)
  let waitingTimeCell = Atomic<Int64>(0)
  let runningTimeCell = Atomic<Int64>(0)
  let runStartCell = Atomic<Int64>(0)
  let mainTaskCell = Atomic<UInt64>(0)
  let inspections = InspectionQueue()
  let nudged = Atomic<Bool>(false)
  let lastPicture = LateValue<LoopSnapshot?>()
  let childWaits = ChildWaits()
  let threadCalls = ThreadCalls()
  let childNumbers = ChildNumbers()

  // The owner's. Swift's checks for overlapping access are off: only one thread gets here, and each
  // check costs as much as a step of the loop's own work.
  @exclusivity(unchecked) var ready = Ring<ReadyEntry>(capacity: 64)
  /// What has just been taken from the inbox; kept for its memory.
  @exclusivity(unchecked) var incoming = Ring<ReadyEntry>()
  /// Whether other threads have handed several things over at once since the loop has last thought of sleeping.
  @exclusivity(unchecked) var receivesMany = false
  @exclusivity(unchecked) var timers = TimerQueue()
  @exclusivity(unchecked) var descriptors = DescriptorTable()
  @exclusivity(unchecked) var events: [DescriptorEvent] = []
  @exclusivity(unchecked) var isStopping = false
  @exclusivity(unchecked) var mainTask: AnyRunnerTask? {
    didSet { mainTaskCell.store(mainTask?.id.number ?? 0, ordering: .relaxed) }
  }
  /// The task whose step is being executed; it lives as long as it has not ended.
  @exclusivity(unchecked) var current: Unmanaged<AnyRunnerTask>?
  @exclusivity(unchecked) var currentJob: UInt = 0
  /// The task that has ended in the present step, while instruments are to be told of its end.
  @exclusivity(unchecked) var currentThatEnded: AnyRunnerTask?
  @exclusivity(unchecked) var origins = TaskOrigins()
  /// Tasks that wait outside of the library, by the address of their Swift task.
  @exclusivity(unchecked) var outside: [UInt: AnyRunnerTask] = [:]
  /// Tasks that are queued although they waited for nothing of the library's.
  @exclusivity(unchecked) var resuming: [UInt: AnyRunnerTask] = [:]
  /// Whether the step that is being executed has queued its own continuation: a yield or a hop.
  @exclusivity(unchecked) var hasRequeuedItself = false
  @exclusivity(unchecked) var cancellationPasses: UInt64 = 0
  /// The request that Swift is told of at this moment, and the child tasks that have reacted.
  @exclusivity(unchecked) var passInSwift: CancellationPass?
  @exclusivity(unchecked) var childrenThatHeard = Set<UInt>()
  /// The callback that is being made; `make` keeps it.
  @exclusivity(unchecked) var currentCallback: Unmanaged<ScheduledCallback>?
  /// The context of what the exception handler is being told about.
  @exclusivity(unchecked) var reportContext: SharedRunnerContext?
  @exclusivity(unchecked) var isCapturing = false
  @exclusivity(unchecked) var captured: ReadyEntry?
  /// Those that resume within the present turn of the queue: owners of scopes that have just ended,
  /// and the two sides of a generator.
  @exclusivity(unchecked) var successors: [Waiter] = []
  /// What a callback or a task threw to leave the loop at once.
  @exclusivity(unchecked) var departure: RunnerInterrupted?
  @exclusivity(unchecked) var hasDeparture = false
  /// In debug mode, the task whose step is being executed.
  @exclusivity(unchecked) var watchedTask: AnyRunnerTask?
  @exclusivity(unchecked) var handledInterrupts: Int32 = 0
  /// Generators that have begun and not ended, by their numbers.
  @exclusivity(unchecked) var generators: [UInt64: any OpenGenerator] = [:]
  @exclusivity(unchecked) var hasShutDownGenerators = false
  /// Live tasks that are the coroutines of generators; nobody cancels or awaits them as tasks.
  @exclusivity(unchecked) var generatorTasks = 0
  /// Live tasks that a cancelled `shield` has left behind.
  @exclusivity(unchecked) var shielded = Set<TaskID>()
  @exclusivity(unchecked) var hasWorkedSinceStall = true
  /// Tasks that wait for threads of a pool: virtual time stands still for them.
  @exclusivity(unchecked) var threadWaits = 0
  @exclusivity(unchecked) var signals: SignalWatch?
  @exclusivity(unchecked) var instrumentation = Instrumentation()
  /// Whether the thread that runs the loop is the one that must serve Swift's main queue.
  @exclusivity(unchecked) var servesMainQueue = false
  @exclusivity(unchecked) var isServingMainQueue = false
  /// What tells of work in the main queue, once the selector watches it.
  @exclusivity(unchecked) var mainQueueDescriptor: Int32 = -1

  /// Live tasks of plain Swift's that are in this loop's care.
  @exclusivity(unchecked) var adoptedCount = 0
  /// Whether such tasks may have ended in a step of something else.
  @exclusivity(unchecked) var mayHaveEnded = false

  let taskExecutor = LoopTaskExecutor()
  let serialExecutor = LoopSerialExecutor()
  /// Kept, because each making of one counts references.
  let unownedTaskExecutor: UnownedTaskExecutor
  /// The same as the two words that it is.
  let executorWords: (UInt, UInt)

  /// Whether Swift's cancellation flag is taken back from a task whose request was delivered.
  package var takesFlagsBack = true

  /// Creates a loop; it acquires nothing from the system until it has to wait.
  ///
  /// - Parameters:
  ///   - name: the name that snapshots and messages show.
  ///   - clock: what it takes its time from.
  ///   - selector: what it waits with.
  ///   - isDebugging: whether it reports slow steps and calls from wrong threads; `nil` lets the
  ///     environment variable `RUNNER_DEBUG` decide.
  ///   - historyLimit: how many ended tasks it remembers for `history`.
  public init(
    name: String = "loop", clock: any LoopClock = MonotonicClock.shared,
    selector: any LoopSelector = EpollSelector(), isDebugging: Bool? = nil, historyLimit: Int = 256
  ) {
    self.name = name
    self.clock = clock
    systemClock = clock is MonotonicClock
    self.selector = selector
    debugFlag = Atomic(isDebugging ?? Self.debugsByDefault)
    registry = TaskRegistry(historyLimit: historyLimit)
    unownedTaskExecutor = taskExecutor.asUnownedTaskExecutor()
    executorWords = unsafeBitCast(unownedTaskExecutor, to: (UInt, UInt).self)
    taskExecutor.loop = .passUnretained(self)
    serialExecutor.loop = .passUnretained(self)
  }

  /// Creates a loop whose time is virtual: it jumps to the next deadline when nothing is ready.
  public static func virtualTime(
    name: String = "loop", clock: VirtualClock = VirtualClock(), isDebugging: Bool? = nil
  ) -> EventLoop {
    EventLoop(
      name: name, clock: clock, selector: VirtualSelector(clock: clock), isDebugging: isDebugging)
  }

  /// The clock, if it is the system's: asked without a look at its type.
  let systemClock: Bool

  /// The present moment of the loop's clock in nanoseconds.
  @inline(__always)
  var nowInNanoseconds: Int64 { systemClock ? runner_monotonic_now() : clock.now.nanoseconds }

  /// The present moment of the loop's clock; mirrors `loop.time()`.
  ///
  /// May be called from any thread.
  public var now: LoopInstant { clock.now }

  /// The loop that the calling thread is running, or `nil`; mirrors `asyncio.get_running_loop()`.
  public static var running: EventLoop? {
    runner_current_loop().map { Unmanaged<EventLoop>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Whether the calling thread is the owner.
  var isRunningHere: Bool {
    runner_current_loop() == Unmanaged.passUnretained(self).toOpaque()
  }

  /// The task whose step is being executed.
  var currentTask: AnyRunnerTask? { current?.takeUnretainedValue() }

  /// The task whose step is being executed, if the call is made in its own Swift task; owner only.
  @inline(__always)
  var callingTask: Unmanaged<AnyRunnerTask>? {
    guard let current,
      current._withUnsafeGuaranteedRef({ $0.swiftTaskAddress }) == runner_current_task()
    else { return nil }
    return current
  }

  /// Whether a plain callback is being executed.
  var isInCallback: Bool { currentCallback != nil || reportContext != nil }

  /// The context of the plain callback that is being executed.
  var callbackContext: SharedRunnerContext? {
    reportContext ?? currentCallback?.takeUnretainedValue().context
  }

  /// The variables of that context.
  var callbackVariables: RunnerContext? {
    reportContext?.value ?? currentCallback?.takeUnretainedValue().variables
  }

  // MARK: Ownership

  /// Makes the calling thread the owner while `body` runs.
  func withOwnership<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
    defer { deliverReportsOfOwner() }
    return try ownership.withLock { _ throws(E) -> R in try asOwner(body) }
  }

  /// Makes the calling thread the owner while `body` runs, unless another thread is.
  func withOwnershipIfAvailable<R>(_ body: () -> R) -> R? {
    defer { deliverReportsOfOwner() }
    return ownership.withLockIfAvailable { _ in asOwner(body) }
  }

  /// Delivers what came while another was the owner, and too late for that one to see.
  private func deliverReportsOfOwner() {
    while hasLateReports.load(ordering: .sequentiallyConsistent) {
      let delivered: Void? = ownership.withLockIfAvailable { _ in asOwner { deliverLateReports() } }
      if delivered == nil { return }
    }
  }

  /// The same, after everything that other threads have handed over before.
  func withOwnershipInTurn<R>(_ body: () -> R) -> R? {
    withOwnershipIfAvailable {
      drainInbox()
      return body()
    }
  }

  private func asOwner<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
    let previous = runner_current_loop()
    runner_set_current_loop(Unmanaged.passUnretained(self).toOpaque())
    defer { runner_set_current_loop(previous) }
    return try body()
  }

  /// Lets the owner do something: at once when the caller is it or nobody is, else soon.
  func perform(_ action: @escaping @Sendable () -> Void) {
    if isRunningHere { return action() }
    if withOwnershipInTurn(action) != nil { return }
    enqueueFromElsewhere(.callback(makeCallback(deadline: nil, place: nil, action: action)))
  }

  // MARK: Standing still

  /// Called on the loop's thread before it waits with nothing that could wake it but other threads.
  ///
  /// Called once for each time that the loop falls still.
  package var stallHandler: (@Sendable () -> Void)? {
    get { stallHandlerStorage.ifMade { $0 } ?? nil }
    set { stallHandlerStorage.withLock { $0 = newValue } }
  }
}
