private import CRunnerRuntime
private import Glibc
private import Synchronization

/// A context that several tasks or runs use and change together, instead of copying it.
///
/// Every task has one of its own; pass one explicitly to share it. May be used from any thread.
public final class SharedRunnerContext: Sendable {
  private let storage = LateValue<RunnerContext>()
  /// Whether a variable has ever been in it.
  private let wasSet: Atomic<Bool>

  /// Creates a shared context with these variables.
  public init(_ value: RunnerContext = RunnerContext()) {
    wasSet = Atomic(value.count > 0)
    if value.count > 0 { storage.withLock { $0 = value } }
  }

  /// Creates one with the variables that another has now.
  package convenience init(copying other: SharedRunnerContext) {
    self.init(other.value)
  }

  /// The variables as they are now.
  public var value: RunnerContext {
    get { wasSet.load(ordering: .acquiring) ? storage.withLock { $0 } : RunnerContext() }
    set { change { $0 = newValue } }
  }

  func change<R>(_ edit: (inout RunnerContext) -> R) -> R {
    storage.withLock { context in
      defer { wasSet.store(true, ordering: .releasing) }
      return edit(&context)
    }
  }

  /// The context of the code that asks: a callback's, a task's, or else the thread's own.
  static var current: SharedRunnerContext {
    if let loop = EventLoop.running, let context = loop.callbackContext { return context }
    return AnyRunnerTask.enclosing?.effectiveContext ?? ofThread
  }

  /// The variables of the code that asks.
  static var currentValue: RunnerContext {
    if runner_current_loop() == nil, runner_current_task() == 0 { return valueOfThread }
    if let loop = EventLoop.running, let variables = loop.callbackVariables { return variables }
    if let task = AnyRunnerTask.enclosing { return task.contextValue }
    return valueOfThread
  }

  /// The variables of code of no task.
  private static var valueOfThread: RunnerContext {
    runner_thread_context().map {
      Unmanaged<SharedRunnerContext>.fromOpaque($0)._withUnsafeGuaranteedRef { $0.value }
    } ?? RunnerContext()
  }

  // MARK: Outside of any task

  /// What releases a thread's context at its end.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { pointer in
      guard let pointer else { return }
      runner_set_thread_context(nil)
      Unmanaged<SharedRunnerContext>.fromOpaque(pointer).release()
    }
    return key
  }()

  /// Makes this the context of the calling thread, which runs no task, while `body` runs.
  func asThreadContext<R>(_ body: () throws -> R) rethrows -> R {
    let previous = runner_thread_context()
    runner_set_thread_context(Unmanaged.passUnretained(self).toOpaque())
    defer { runner_set_thread_context(previous) }
    return try withExtendedLifetime(self) { try body() }
  }

  private static var ofThread: SharedRunnerContext {
    if let pointer = runner_thread_context() {
      return Unmanaged<SharedRunnerContext>.fromOpaque(pointer).takeUnretainedValue()
    }
    let context = SharedRunnerContext()
    let pointer = Unmanaged.passRetained(context).toOpaque()
    pthread_setspecific(key, pointer)
    runner_set_thread_context(pointer)
    return context
  }
}
