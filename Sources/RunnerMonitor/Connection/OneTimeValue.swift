import Dispatch
import Synchronization

/// A value that is set once and for which any number of threads can wait.
final class OneTimeValue<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let arrival = DispatchSemaphore(value: 0)

  /// Sets the value and wakes everyone; later calls change nothing.
  func set(_ newValue: Value) {
    let isFirst = value.withLock { value in
      guard value == nil else { return false }
      value = newValue
      return true
    }
    if isFirst { arrival.signal() }
  }

  /// Blocks the calling thread until the value is set.
  func wait() -> Value {
    while true {
      if let value = value.withLock({ $0 }) { return value }
      arrival.wait()
      arrival.signal()
    }
  }

  /// Blocks the calling thread until the value is set, at most for `limit`; then returns `nil`.
  func wait(limit: Duration) -> Value? {
    if arrival.wait(timeout: .now() + .nanoseconds(limit.nanosecondsForDispatch)) == .success {
      arrival.signal()
    }
    return value.withLock { $0 }
  }
}

extension Duration {
  fileprivate var nanosecondsForDispatch: Int {
    let (seconds, attoseconds) = components
    return Int(min(max(seconds, 0), 1_000_000_000)) * 1_000_000_000
      + Int(max(attoseconds, 0) / 1_000_000_000)
  }
}
