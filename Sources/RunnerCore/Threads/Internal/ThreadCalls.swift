/// The jobs that tasks and child tasks of one loop wait for, by the addresses of their Swift tasks.
///
/// Written by the loop's thread, readable from any.
struct ThreadCalls: ~Copyable, Sendable {
  private struct Entry {
    let job: ThreadJob
    let workers: WorkerThreads
  }

  private let calls = LateValue<[UInt: Entry]>()

  /// Notes that the calling task begins to wait for a job, and returns what `end` takes.
  func begin(_ job: ThreadJob, on workers: WorkerThreads) -> UInt {
    let address = withUnsafeCurrentTask { $0.map { unsafeBitCast($0, to: UInt.self) } ?? 0 }
    calls.withLock { $0[address] = Entry(job: job, workers: workers) }
    return address
  }

  func end(_ address: UInt) {
    // What leaves is released when the lock is.
    _ = calls.withLock { $0.removeValue(forKey: address) }
  }

  /// How far the work has come, by the addresses of the tasks that wait for it.
  func works() -> [UInt: WaitSnapshot.Work] {
    guard let calls = calls.ifMade({ $0 }) else { return [:] }
    let pools = Dictionary(calls.values.map { (ObjectIdentifier($0.workers), $0.workers) }) { $1 }
    let works = pools.mapValues { $0.works() }
    return calls.compactMapValues { entry in
      works[ObjectIdentifier(entry.workers)]?[ObjectIdentifier(entry.job)]
    }
  }
}

/// The same at the moment in which one picture first asks; not for several threads.
final class WorkPicture {
  private let loop: EventLoop
  private lazy var works = loop.threadCalls.works()

  init(of loop: EventLoop) { self.loop = loop }

  subscript(address: UInt) -> WaitSnapshot.Work? { works[address] }
}
