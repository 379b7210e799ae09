private import Synchronization

/// What is said about a task and may change, behind one lock.
///
/// Of most tasks it is the number in their default names; a given name does not use one up.
struct TaskLabels: Sendable {
  private static let counter = Atomic<UInt64>(1)

  /// The `N` of `Task-N`; 0 for a task that was made with a name.
  private let number: UInt64
  /// The rest, once there is something.
  private(set) var more: More?

  /// What most tasks never have; never changed, because pictures share it.
  final class More: Sendable {
    let name: String?
    let cancellationMessage: String?
    let cancellations: CancellationLog?
    let awaited: AwaitedTasks?

    init(
      _ name: String?, _ message: String?, _ cancellations: CancellationLog?,
      _ awaited: AwaitedTasks?
    ) {
      self.name = name
      cancellationMessage = message
      self.cancellations = cancellations
      self.awaited = awaited
    }
  }

  @inline(__always)
  init(name: String?) {
    if let name {
      (number, more) = (0, More(name, nil, nil, nil))
    } else {
      number = Self.counter.wrappingAdd(1, ordering: .relaxed).oldValue
    }
  }

  /// The task's name; the text of a default one is made when somebody asks, without an interpolation, which
  /// would be a fifth of what a listing takes for each task.
  var name: String {
    get { more?.name ?? Self.defaultName(number) }
    set { more = More(newValue, cancellationMessage, cancellations, awaited) }
  }

  /// `Task-N`; its text is part of the string's own words where it is short enough.
  private static func defaultName(_ number: UInt64) -> String {
    // Of the 15 bytes that a string has room for five are taken.
    guard number < 10_000_000_000 else { return "Task-" + String(number) }
    return String(unsafeUninitializedCapacity: 15) { buffer in
      var (rest, digits) = (number, 1)
      while rest >= 10 {
        rest /= 10
        digits += 1
      }
      (buffer[0], buffer[1], buffer[2]) = (0x54, 0x61, 0x73)
      (buffer[3], buffer[4]) = (0x6B, 0x2D)
      rest = number
      for place in stride(from: 4 + digits, to: 4, by: -1) {
        buffer[place] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
        rest /= 10
      }
      return 5 + digits
    }
  }

  /// The message of the last request to cancel that had one; of those before one delivery, the first one's.
  var cancellationMessage: String? {
    get { more?.cancellationMessage }
    set { more = More(more?.name, newValue, cancellations, awaited) }
  }

  /// Who asked the task to end; `nil` while nobody has.
  var cancellations: CancellationLog? {
    get { more?.cancellations }
    set { more = More(more?.name, cancellationMessage, newValue, awaited) }
  }

  /// The tasks that this one waits for together, or has in a group.
  var awaited: AwaitedTasks? {
    get { more?.awaited }
    set { more = More(more?.name, cancellationMessage, cancellations, newValue) }
  }
}
