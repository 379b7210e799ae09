/// A flag that tasks wait for; mirrors `asyncio.Event`.
///
/// It is bound to the loop of the first task that waits for it. Use it on that loop's thread, or while
/// no thread runs the loop; from elsewhere use `scheduleThreadSafe`.
public final class RunnerEvent: @unchecked Sendable {
  private var object: SharedObject
  private var waiters = WaiterQueue()

  /// Whether the flag is set; mirrors `Event.is_set()`.
  public private(set) var isSet = false

  /// Creates an event that is not set.
  ///
  /// - Parameter label: what it stands for, as snapshots show it.
  public init(label: String = "") {
    object = SharedObject("Event", label: label)
  }

  /// A number that names the event in snapshots.
  public var number: UInt64 { object.number }

  /// What the event stands for, as snapshots show it.
  public var label: String { object.label }

  /// Sets the flag and lets all that wait go on; mirrors `Event.set()`.
  ///
  /// They go on even if the flag is cleared before their turn comes.
  public func set() {
    if isSet { return }
    isSet = true
    object.wake(waiters.wakeAll())
  }

  /// Takes the flag back: who waits from now on waits for the next `set()`; mirrors `Event.clear()`.
  public func clear() { isSet = false }

  /// Waits until the flag is set; mirrors `Event.wait()`.
  ///
  /// Does not suspend when it is.
  ///
  /// - Throws: `CancellationError` when the task is cancelled while it waits; `RunnerError` outside of a
  ///   runner's task or in a task of another loop.
  public func wait(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
  ) async throws {
    let loop = try object.bind("wait()")
    if isSet { return }
    let ended = await loop.waitInLine(
      .event, for: object.number, site: WaitSite(fileID, line, function)
    ) { waiters.append($0) }
    _ = waiters.remove(ended.waiter)
    if ended.wasInterrupted { throw CancellationError() }
  }
}

extension RunnerEvent: CustomStringConvertible {
  /// The event in one line: number, label, whether it is set, how many wait.
  ///
  /// Mirrors `repr(event)`.
  public var description: String {
    var words = "\(object.title) \(isSet ? "set" : "unset")"
    if !waiters.isEmpty { words += ", \(waiters.count) waiting" }
    return "<\(words)>"
  }
}
