import RunnerCore

/// Lets n workers wait for jobs from a queue into which nobody puts any, and awaits them.
///
/// Demonstrates a standstill without a circle: nothing is ready, no timer is set, and no task is left
/// that could fill the queue. `why` names what everybody waits for; `run` says that it cannot end. In
/// asyncio: `await queue.get()` after the producer has died, and silence.
public func starve(_ n: Int) async throws {
  let loop = try runningLoop()
  let jobs = RunnerQueue<Int>(label: "jobs")
  var workers: [RunnerTask<Void>] = []
  for number in 1...n {
    let worker = try loop.makeTask(named: "worker \(number)") {
      while true { print("worker \(number) got job \(try await jobs.get())") }
    }
    workers.append(worker)
  }
  _ = try await gather(workers)
}
