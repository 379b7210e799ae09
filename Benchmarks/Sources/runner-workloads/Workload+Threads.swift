import Glibc
import RunnerCore

/// Other threads: they wake the loop, and the loop has work done by them.
extension Workload {
  static let threads: [Workload] = [
    Workload(
      "h_lat", 20_000,
      body: { count in
        try besides { loop in
          let answer = Signal()
          for _ in 0..<count {
            try loop.scheduleThreadSafe { answer.send() }
            answer.wait()
          }
        }
      }),
    Workload(
      "h_tput", 200_000,
      body: { count in
        try besides { loop in
          let answer = Signal()
          for _ in 1..<count { try loop.scheduleThreadSafe {} }
          try loop.scheduleThreadSafe { answer.send() }
          answer.wait()
        }
      }),
    Workload(
      "j_exec", 20_000,
      body: { count in
        try onLoop { loop in for _ in 0..<count { try await loop.runInExecutor {} } }
      }),
  ]

  /// Executes `body` on a thread beside a loop that waits for its end.
  private static func besides(_ body: @escaping @Sendable (EventLoop) throws -> Void) throws {
    try onLoop { loop in try await toThread { try body(loop) } }
  }
}

/// Tells one thread that another one got somewhere.
private final class Signal: @unchecked Sendable {
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(semaphore, 0, 0) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func send() { sem_post(semaphore) }

  func wait() { while sem_wait(semaphore) != 0 {} }
}
