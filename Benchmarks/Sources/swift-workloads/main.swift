import Dispatch
import Glibc

// Swift's default executor: NAME COUNT prints the nanoseconds of COUNT operations.

func spawn(_ count: Int) async {
  for _ in 0..<count { await Task {}.value }
}

func batches(_ count: Int) async {
  for _ in 0..<count / 1_000 {
    let tasks = (0..<1_000).map { _ in Task {} }
    for task in tasks { await task.value }
  }
}

func yields(_ count: Int, tasks: Int) async {
  let made = (0..<tasks).map { _ in Task { for _ in 0..<count / tasks { await Task.yield() } } }
  for task in made { await task.value }
}

func timers(_ count: Int) async {
  let made = (0..<count).map { n in
    Task { try? await Task.sleep(nanoseconds: UInt64(n * 7_919 % 100 + 1) * 100_000) }
  }
  for task in made { await task.value }
}

func cancel(_ count: Int) async {
  let made = (0..<count).map { _ in Task { try? await Task.sleep(nanoseconds: 3_600_000_000_000) } }
  await Task.yield()
  for task in made { task.cancel() }
  for task in made { await task.value }
}

func hops(_ count: Int) async {
  let (pings, ping) = AsyncStream.makeStream(of: Void.self)
  let (pongs, pong) = AsyncStream.makeStream(of: Void.self)
  let other = Task { for await _ in pings { pong.yield() } }
  var answers = pongs.makeAsyncIterator()
  for _ in 0..<count / 2 {
    ping.yield()
    _ = await answers.next()
  }
  ping.finish()
  await other.value
}

/// Blocks the calling thread until `body` has ended.
func run(_ body: @escaping @Sendable () async -> Void) {
  let ended = DispatchSemaphore(value: 0)
  Task.detached {
    await body()
    ended.signal()
  }
  ended.wait()
}

func workload(_ name: String, _ count: Int) {
  switch name {
  case "b_run": for _ in 0..<count { run {} }
  case "c_seq": run { await spawn(count) }
  case "c_batch1k": run { await batches(count) }
  case "d_yield_10": run { await yields(count, tasks: 10) }
  case "d_yield_10000": run { await yields(count, tasks: 10_000) }
  case "e_timers": run { await timers(count) }
  case "f_cancel": run { await cancel(count) }
  case "g_future": run { await hops(count) }
  default: exit(3)
  }
}

let name = CommandLine.arguments[1]
let count = Int(CommandLine.arguments[2]) ?? 0
workload(name, count)
let clock = ContinuousClock()
let elapsed = clock.measure { workload(name, count) }
print(elapsed.components.seconds * 1_000_000_000 + elapsed.components.attoseconds / 1_000_000_000)
