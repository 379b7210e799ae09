internal import RunnerCore

/// Loops that never come to hear of a Ctrl-C: only another worker gives the prompt back.
extension Session {
  /// How long a step lasts at the least before it counts as one that does not end.
  private static let longStep = Duration.milliseconds(400)

  /// The step in which the loop of a runner is stuck; `nil` when it turns.
  ///
  /// A worker that does not answer at all, because it was stopped, is as stuck as can be.
  func stuckStep(of runner: String) -> LoopSnapshot.Step? {
    do {
      guard let step = try controller.loop(of: runner).step, step.elapsed >= Self.longStep else {
        return nil
      }
      return step
    } catch let error as RunnerError where error.code == .noAnswer {
      return LoopSnapshot.Step(task: nil, elapsed: Self.longStep)
    } catch {
      return nil
    }
  }

  /// Starts another worker and says why; returns false where nobody can.
  func replaceWorker(stuck step: LoopSnapshot.Step, in job: JobSnapshot) -> Bool {
    guard let worker else { return false }
    transition { $0.didFinish(leaving: job.id) }
    // A batch ends with this, whatever is said of the worker.
    if settings.isBatch { _ = setVerdict(.interrupted) }
    worker.replace(because: EventRendering.stuck(step, job, rendering))
    return true
  }
}

/// Who keeps the worker of a session, and can start another one.
package protocol WorkerKeeper: Sendable {
  /// Ends the worker and starts another; returns when the session was told with `workerLost`.
  func replace(because sentence: String)
}
