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

/// Runs `body` on a thread of its own, so that the pool's threads stay free for what it waits for.
func onOwnThread<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
  try await withCheckedThrowingContinuation { continuation in
    _ = startThread { continuation.resume(with: Result { try body() }) }
  }
}

/// The system's name of the calling thread.
func nameOfThread() -> String {
  let text = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
  return text?.trimmingCharacters(in: .newlines) ?? "?"
}
