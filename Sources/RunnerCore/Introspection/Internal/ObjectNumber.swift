internal import Synchronization

/// The numbers of futures, locks and other objects that are waited for, and the labels of those that
/// have one.
enum ObjectNumber {
  private static let counter = Atomic<UInt64>(1)
  private static let labels = LockedValue<[UInt64: String]>([:])

  static func next(label: String) -> UInt64 {
    let number = counter.wrappingAdd(1, ordering: .relaxed).oldValue
    if !label.isEmpty { labels.withLock { $0[number] = label } }
    return number
  }

  static func forget(_ number: UInt64) {
    labels.withLock { labels in
      if !labels.isEmpty { labels[number] = nil }
    }
  }

  static func label(_ number: UInt64) -> String {
    labels.withLock { $0[number] ?? "" }
  }
}
