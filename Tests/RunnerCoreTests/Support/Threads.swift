import Foundation
import RunnerCore

/// A thread that can be waited for.
final class JoinableThread: Sendable {
  private let done = Latch()

  fileprivate func finish() { done.open() }

  func join() { _ = done.wait() }
}

func startThread(_ body: @escaping @Sendable () -> Void) -> JoinableThread {
  let joinable = JoinableThread()
  let thread = Thread {
    body()
    joinable.finish()
  }
  thread.stackSize = 1 << 20
  thread.start()
  return joinable
}
