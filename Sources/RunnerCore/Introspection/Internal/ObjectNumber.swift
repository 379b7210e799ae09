internal import Synchronization

/// The numbers of futures, locks and other objects that are waited for, and the labels of those that
/// have one.
enum ObjectNumber {
  private static let counter = Atomic<UInt64>(1)
  private static let labels = LockedValue<[UInt64: String]>([:])
  private static let holders = LockedValue<[UInt64: WaitHolder]>([:])

  static func next(label: String) -> UInt64 {
    let number = counter.wrappingAdd(1, ordering: .relaxed).oldValue
    if !label.isEmpty { labels.withLock { $0[number] = label.bounded() } }
    return number
  }

  static func forget(_ number: UInt64) {
    labels.withLock { labels in
      if !labels.isEmpty { labels[number] = nil }
    }
    holders.withLock { holders in
      if !holders.isEmpty { holders[number] = nil }
    }
  }

  static func label(_ number: UInt64) -> String {
    labels.withLock { $0[number] ?? "" }
  }

  /// Notes who has an object that others wait for.
  static func setHolder(_ holder: WaitHolder?, of number: UInt64) {
    holders.withLock { $0[number] = holder }
  }

  static func holder(_ number: UInt64) -> WaitHolder? {
    holders.withLock { $0[number] }
  }
}

/// Who has what others wait for, and the line and the moment that it was taken at.
struct WaitHolder {
  /// `nil` for code of no task.
  var task: TaskID?
  var site: WaitSite
  /// In nanoseconds of the loop's clock.
  var since: Int64
}
