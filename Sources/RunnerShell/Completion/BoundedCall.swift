private import Dispatch
private import Synchronization

/// Makes calls that may be slow, and gives up waiting for them after a limit.
package final class BoundedCall: Sendable {
  private let queue = DispatchQueue(label: "runner.shell.completion")
  private let isBusy = Mutex(false)
  private let limit: Duration

  package init(limit: Duration) {
    self.limit = limit
  }

  /// Returns what the call returns, or `nil` when it throws, when it is late, and while an earlier one that
  /// was late has not returned.
  ///
  /// It may have a limit of its own.
  package func callAsFunction<Value: Sendable>(
    within ownLimit: Duration? = nil, _ call: @escaping @Sendable () throws -> Value
  ) -> Value? {
    let isFree = isBusy.withLock { isBusy in
      defer { isBusy = true }
      return !isBusy
    }
    guard isFree else { return nil }
    let answer = Answer<Value>()
    queue.async { [self] in
      let value = try? call()
      isBusy.withLock { $0 = false }
      answer.value.withLock { $0 = value }
      answer.isThere.signal()
    }
    let nanoseconds = Int(DurationStyle.seconds(of: ownLimit ?? limit) * 1e9)
    guard answer.isThere.wait(timeout: .now() + .nanoseconds(nanoseconds)) == .success else {
      return nil
    }
    return answer.value.withLock(\.self)
  }

  private final class Answer<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
    let isThere = DispatchSemaphore(value: 0)
  }
}
