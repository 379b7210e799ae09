#if compiler(>=6.3) && compiler(<6.4)
  @_spi(ExperimentalCustomExecutors) @_spi(ExperimentalScheduling) private import _Concurrency
#endif
private import Dispatch
private import RunnerCore

/// Swift's own executors of this process, which leave to the loops what is theirs.
///
/// A job that a loop's thread enqueues, or whose task a loop has, goes to that loop; the rest goes where it
/// always does. `Task.sleep` on a loop's thread is a timer of that loop. Main-actor code of a loop's tasks is
/// executed by that loop, in its turn.
///
/// The factory of executors is not yet Swift's public interface. With a compiler that this file does not
/// know, `install` does nothing: plain tasks leave the loop for Swift's pool, and main-actor code is executed
/// by the process's main thread.
package enum PlainSwiftExecutors {
  /// Takes the place of Swift's executors; once, before the first task is made.
  package static func install() {
    #if compiler(>=6.3) && compiler(<6.4)
      _createExecutors(factory: LoopExecutorFactory.self)
      PlainSwift.isOnLoops = true
    #endif
  }
}

#if compiler(>=6.3) && compiler(<6.4)
  private struct LoopExecutorFactory: ExecutorFactory {
    static let mainExecutor: any MainExecutor = LoopMainExecutor()
    static let defaultExecutor: any TaskExecutor = LoopDefaultExecutor()
  }

  private final class LoopDefaultExecutor: TaskExecutor, SchedulingExecutor, Sendable {
    private let stock = PlatformExecutorFactory.defaultExecutor

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      if let loop = PlainSwift.loop(for: job) {
        loop.executePlain(job)
      } else {
        stock.enqueue(job)
      }
    }

    func enqueue<C: Clock>(
      _ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C
    ) {
      if let loop = EventLoop.running, let delay = delay as? Duration {
        loop.executePlain(UnownedJob(job), after: delay)
      } else if let stock = stock as? any SchedulingExecutor {
        stock.enqueue(job, after: delay, tolerance: tolerance, clock: clock)
      } else {
        enqueue(job)
      }
    }

    func enqueue<C: Clock>(
      _ job: consuming ExecutorJob, at instant: C.Instant, tolerance: C.Duration?, clock: C
    ) {
      enqueue(job, after: clock.now.duration(to: instant), tolerance: tolerance, clock: clock)
    }
  }

  private final class LoopMainExecutor: MainExecutor, Sendable {
    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      if let loop = PlainSwift.loop(for: job) {
        loop.executeOnMainActor(job)
      } else {
        // The main thread takes the main actor's turn before it looks into this queue.
        DispatchQueue.main.async { job.runSynchronously(on: MainActor.sharedUnownedExecutor) }
      }
    }

    func run() throws {}
    func stop() {}

    func checkIsolated() {
      precondition(MainActorTurn.isHere, "This code must run on the main actor.")
    }

    func isIsolatingCurrentContext() -> Bool? { MainActorTurn.isHere }
  }
#endif
