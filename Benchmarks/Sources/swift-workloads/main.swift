import CAllocations
import Dispatch
import Glibc
import Synchronization

// Swift's default executor: NAME COUNT prints the nanoseconds of COUNT operations, wall and processor.

func nanoseconds(_ clock: clockid_t) -> Int64 {
  var time = timespec()
  clock_gettime(clock, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

func now() -> [Int64] { [CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID].map(nanoseconds) }

/// When what is measured began.
nonisolated(unsafe) var begun = now()

func spawn(_ count: Int) async {
  for _ in 0..<count { await Task {}.value }
}

func batches(_ count: Int, of size: Int) async {
  for _ in 0..<count / size {
    let tasks = (0..<size).map { _ in Task {} }
    for task in tasks { await task.value }
  }
}

func yields(_ count: Int, tasks: Int) async {
  let made = (0..<tasks).map { _ in Task { for _ in 0..<count / tasks { await Task.yield() } } }
  for task in made { await task.value }
}

func timers(_ count: Int) async {
  let made = (0..<count).map { n in
    Task { try? await Task.sleep(nanoseconds: 300_000_000 + UInt64(n * 7_919 % 1_000) * 100_000) }
  }
  for task in made { await task.value }
}

final class Counter: Sendable { let count = Atomic(0) }

func sleepers(_ count: Int) async -> [Task<Void, Never>] {
  let begun = Counter()
  let made = (0..<count).map { _ in
    Task {
      begun.count.add(1, ordering: .relaxed)
      try? await Task.sleep(nanoseconds: 3_600_000_000_000)
    }
  }
  while begun.count.load(ordering: .relaxed) < count { await Task.yield() }
  return made
}

func cancel(_ count: Int) async {
  let made = await sleepers(count)
  begun = now()
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

func memory(_ count: Int) async {
  let before = Int(resident_bytes())
  let made = await sleepers(count)
  print((Int(resident_bytes()) - before) / made.count)
  exit(0)
}

func latency(_ count: Int) {
  let answer = DispatchSemaphore(value: 0)
  for _ in 0..<count {
    Task.detached { answer.signal() }
    answer.wait()
  }
}

func throughput(_ count: Int) {
  let answer = DispatchSemaphore(value: 0)
  let done = Counter()
  for _ in 0..<count {
    Task.detached {
      if done.count.add(1, ordering: .relaxed).newValue == count { answer.signal() }
    }
  }
  answer.wait()
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
  case "c_batch": run { await batches(count, of: count) }
  case "c_batch1k": run { await batches(count, of: 1_000) }
  case "d_yield_1": run { await yields(count, tasks: 1) }
  case "d_yield_10": run { await yields(count, tasks: 10) }
  case "d_yield_10000": run { await yields(count, tasks: 10_000) }
  case "e_timers", "e_timers_1m": run { await timers(count) }
  case "f_cancel": run { await cancel(count) }
  case "g_queue": run { await hops(count) }
  case "h_lat": latency(count)
  case "h_tput": throughput(count)
  case "m_sleep": run { await memory(count) }
  default: exit(3)
  }
}

let name = CommandLine.arguments[1]
if name == "l_start" {
  run {}
  exit(0)
}
guard CommandLine.arguments.count == 3, let count = Int(CommandLine.arguments[2]) else { exit(3) }
workload(name, min(count, 100_000))
begun = now()
workload(name, count)
let end = now()
print(end[0] - begun[0], end[1] - begun[1])
