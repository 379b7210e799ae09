import RunnerWire
import Synchronization

/// The highest numbers that replies have told, so that a new worker can begin behind them.
package final class SeenNumbers: Sendable {
  private let highest = Mutex<(task: UInt64, job: Int)>((0, 0))

  /// The highest number of a task, 0 when none was told of.
  package var task: UInt64 { highest.withLock { $0.task } }

  /// The highest number of a job, 0 when none was told of.
  package var job: Int { highest.withLock { $0.job } }

  /// Takes the numbers of a result, and passes it on.
  func note(_ result: WireResult) -> WireResult {
    switch result {
    case .task(let task): note(tasks: [task.id])
    case .stack(let stack): note(tasks: [stack.task.id])
    case .listing(let listing): note(tasks: listing.tasks.map(\.id))
    case .outcomes(let outcomes): note(tasks: outcomes.map(\.task.id))
    case .job(let job): note([job])
    case .jobs(let jobs): note(jobs)
    case .cell(let cell): note([cell.job])
    case .runner, .runners, .loop, .context, .interrupt, .report, .rejected, .type, .variables,
      .completions, .done:
      break
    }
    return result
  }

  private func note(_ jobs: [WireJobSnapshot]) {
    note(tasks: jobs.compactMap(\.task))
    let job = jobs.map(\.id).max() ?? 0
    highest.withLock { $0.job = max($0.job, job) }
  }

  private func note(tasks: [UInt64]) {
    let task = tasks.max() ?? 0
    highest.withLock { $0.task = max($0.task, task) }
  }
}
