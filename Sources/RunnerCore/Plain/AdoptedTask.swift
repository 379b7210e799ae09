private import CRunnerRuntime

/// A task that plain Swift has made and a loop executes: `Task { }`, `Task.detached { }`.
///
/// To listings, requests to cancel and `close` it is a task like any other. Its result is its maker's: the
/// loop learns that it has ended, and not how.
final class AdoptedTask: AnyRunnerTask, @unchecked Sendable {
  /// What listings say it runs.
  static let operation = "Task { }"

  /// The Swift task, which is held until it has ended.
  private let address: UInt

  /// Takes the Swift task at the address, which must be alive, into the loop's care.
  init(at address: UInt, named name: String?, on loop: EventLoop, maker: AnyRunnerTask?) {
    self.address = address
    var request = TaskRequest(adoptedBy: loop, name: name, maker: maker)
    request.operation = Self.operation
    super.init(NewTask(request))
    swiftTaskAddress = address
    if let object { _ = object.retain() }
  }

  required init(_ facts: borrowing NewTask) {
    preconditionFailure("Plain Swift makes these tasks.")
  }

  private var object: Unmanaged<AnyObject>? {
    UnsafeRawPointer(bitPattern: address).map { Unmanaged<AnyObject>.fromOpaque($0) }
  }

  /// Whether the Swift task has ended; by the owner, before `end`.
  var hasEnded: Bool { runner_task_flags(address) & UInt32(runner_task_complete) != 0 }

  /// Notes the end; one that was asked to end counts as cancelled.
  func end() {
    let wasAsked =
      cancellationRequests > 0 || runner_task_flags(address) & UInt32(runner_task_cancelled) != 0
    AdoptedTasks.remove(at: address)
    loop.adoptedCount -= 1
    finish(wasAsked ? .cancelled : .returned(nil))
    object?.release()
  }
}

/// The adopted tasks of all loops, by the addresses of their Swift tasks; may be used from any thread.
enum AdoptedTasks {
  private static let tasks = LockedValue<[UInt: AdoptedTask]>([:])

  static func add(_ task: AdoptedTask, at address: UInt) {
    tasks.withLock { $0[address] = task }
  }

  static func remove(at address: UInt) {
    let task = tasks.withLock { $0.removeValue(forKey: address) }
    _ = task  // Released here, outside of the lock.
  }

  /// The task whose Swift task is at the address.
  static func task(at address: UInt) -> AdoptedTask? { tasks.withLock { $0[address] } }

  /// Those of one loop that wait outside of the library.
  static func outside(on loop: EventLoop) -> [AdoptedTask] {
    tasks.withLock { $0.values.filter { $0.loop === loop && $0.isOutside } }
  }
}
