import Foundation

/// What happened on other threads, in order; a test waits for as much as it expects.
final class Recorder<Element: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private var list: [Element] = []

  func record(_ element: Element) {
    condition.lock()
    list.append(element)
    condition.broadcast()
    condition.unlock()
  }

  /// Blocks until there are at least so many elements, and returns all.
  func elements(atLeast count: Int = 0) -> [Element] {
    condition.lock()
    defer { condition.unlock() }
    while list.count < count { condition.wait() }
    return list
  }
}

/// Runs `body` on a thread of its own; `elements(atLeast: 1)` of the result waits for its end.
func onThread<Value: Sendable>(
  _ body: @escaping @Sendable () throws -> Value
) -> Recorder<Result<Value, any Error>> {
  let recorder = Recorder<Result<Value, any Error>>()
  Thread { recorder.record(Result { try body() }) }.start()
  return recorder
}
