internal import Synchronization

/// The context of a task: a copy of its maker's, of which an object is made when somebody wants to change it,
/// or share it.
///
/// Most tasks never do. May be used from any thread; all who ask get the same object.
struct LazyContext: ~Copyable {
  private let copied: RunnerContext
  /// The address of the object, which is retained; 0 while there is none.
  ///
  /// Not `AtomicLazyReference`, which
  /// is not compiled for its type here and costs 600 instructions to look at.
  private let address: Atomic<UInt>

  /// The variables to begin with, unless it is a context that is shared.
  @inline(__always)
  init(_ variables: RunnerContext, shared: Unmanaged<SharedRunnerContext>?) {
    copied = variables
    address = Atomic(shared.map { UInt(bitPattern: $0.retain().toOpaque()) } ?? 0)
  }

  deinit { Self.object(at: address.load(ordering: .acquiring))?.release() }

  /// The variables as they are now.
  var value: RunnerContext {
    Self.object(at: address.load(ordering: .acquiring))?._withUnsafeGuaranteedRef { $0.value }
      ?? copied
  }

  /// The context itself.
  var shared: SharedRunnerContext {
    if let object = Self.object(at: address.load(ordering: .acquiring)) {
      return object.takeUnretainedValue()
    }
    let context = SharedRunnerContext(copied)
    let own = Self.retain(context)
    let (exchanged, present) = address.compareExchange(
      expected: 0, desired: own, ordering: .acquiringAndReleasing)
    if exchanged { return context }
    Self.object(at: own)?.release()
    return Self.object(at: present)?.takeUnretainedValue() ?? context
  }

  private static func retain(_ context: SharedRunnerContext) -> UInt {
    UInt(bitPattern: Unmanaged.passRetained(context).toOpaque())
  }

  private static func object(at address: UInt) -> Unmanaged<SharedRunnerContext>? {
    UnsafeRawPointer(bitPattern: address).map { Unmanaged.fromOpaque($0) }
  }
}

/// What a task's context shall be.
enum ContextSource: Sendable {
  /// One of its own, with these variables.
  case copy(RunnerContext)
  /// One that others use as well.
  case shared(SharedRunnerContext)

  var parts: (RunnerContext, SharedRunnerContext?) {
    switch self {
    case .copy(let variables): (variables, nil)
    case .shared(let context): (RunnerContext(), context)
    }
  }
}
