import Glibc
import RunnerCore
import Synchronization

/// Programs that count what they hold before and after.
let soundnessScenarios: [String: @Sendable () throws -> Void] = [
  "descriptors": {
    try waitOnce()
    let before = (entries("fd"), entries("task"))
    for _ in 0..<1000 { try Runner.run { try await sleep(0.0001) } }
    for _ in 0..<1000 { try Runner().run { try await sleep(0.0001) } }
    say("descriptors: \(entries("fd") == before.0 ? "same" : "\(before.0), then \(entries("fd"))")")
    say("threads: \(entries("task") == before.1 ? "same" : "\(before.1), then \(entries("task"))")")
  },
  "runners": {
    func round() throws {
      for _ in 0..<1000 {
        try Runner.run {
          let task = try EventLoop.running?.makeTask { try await sleep(3600) }
          try await sleep(0)
          task?.cancel()
        }
      }
    }
    try round()
    let before = residentPages()
    try round()
    let growth = residentPages() - before
    // A runner that were kept would be some pages.
    say("memory: \(growth < 500 ? "same" : "grew by \(growth) pages")")
  },
  "threads": {
    func round() throws {
      for number in 0..<1000 {
        let runner = Runner()
        try runner.run { try await toThread {} }
        if number % 2 == 0 { try runner.loop.addSignalHandler(SIGUSR1) {} }
        try runner.close()
      }
    }
    try waitOnce()
    try round()
    let before = (entries("fd"), entries("task"), residentPages())
    try round()
    say("descriptors: \(entries("fd") == before.0 ? "same" : "\(before.0), then \(entries("fd"))")")
    say("threads: \(entries("task") == before.1 ? "same" : "\(before.1), then \(entries("task"))")")
    let growth = residentPages() - before.2
    say("memory: \(growth < 500 ? "same" : "grew by \(growth) pages")")
  },
  "interrupts": { try interruptRuns(10_000) },
  "memory": {
    func round() throws {
      try Runner.run {
        for _ in 0..<10_000 { try EventLoop.running?.makeTask { try await sleep(3600) } }
        try await sleep(0)
      }
    }
    for _ in 0..<2 { try round() }
    let before = residentPages()
    for _ in 0..<4 { try round() }
    let growth = residentPages() - before
    // The tasks of one round are some 5,000 pages.
    say("memory: \(growth < 2500 ? "same" : "grew by \(growth) pages")")
  },
]

/// Lets a loop wait until another thread wakes it, and that thread end.
///
/// Then the process has what it opens once: the main queue's descriptor. A short sleep may be over
/// before the loop has to wait for it, and opens nothing.
private func waitOnce() throws {
  let folder = try Runner.run {
    guard let loop = EventLoop.running else { return "" }
    let woken = loop.makeFuture(of: String.self)
    onThread {
      let folder = folderOfThread()
      while loop.phase != .waiting { sched_yield() }
      _ = try? loop.scheduleThreadSafe { try woken.resolve(folder) }
    }
    return try await woken.value
  }
  while access(folder, F_OK) == 0 { sched_yield() }
}

/// The folder that the calling thread has in `/proc` until it is gone.
private func folderOfThread() -> String {
  var path = [CChar](repeating: 0, count: 64)
  let length = max(0, readlink("/proc/thread-self", &path, path.count))
  return "/proc/"
    + String(decoding: path.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
}

/// What the interrupting thread and the runs tell each other.
private final class Shared: Sendable {
  let wanted = Atomic<Int>(0)
  let cleanups = Atomic<Int>(0)
}

/// Interrupts as many runs, each at another moment, and says what became of them and their tasks, now
/// and then: how long it takes depends on who else uses the processors.
private func interruptRuns(_ count: Int) throws {
  let shared = Shared()
  onThread {
    var state: UInt32 = 1
    for run in 1...count {
      while shared.wanted.load(ordering: .acquiring) < run { sched_yield() }
      // A moment within the first steps of the run, from a fixed sequence.
      state = state &* 1_664_525 &+ 1_013_904_223
      for _ in 0..<(state >> 20) { _ = shared.wanted.load(ordering: .relaxed) }
      kill(getpid(), SIGINT)
    }
  }
  var interrupted = 0
  for run in 1...count {
    do {
      try Runner.run {
        try EventLoop.running?.makeTask {
          defer { shared.cleanups.add(1, ordering: .relaxed) }
          try await sleep(3600)
        }
        try await sleep(0)
        shared.wanted.store(run, ordering: .releasing)
        while true { try await sleep(0) }
      }
    } catch is RunnerInterrupted { interrupted += 1 }
    if run % 500 == 0 {
      say("interrupted: \(interrupted), cleaned up: \(shared.cleanups.load(ordering: .relaxed))")
    }
  }
  say("after: \(disposition())")
}

/// How many entries a folder of this process has under `/proc/self`.
private func entries(_ folder: String) -> Int {
  guard let directory = opendir("/proc/self/\(folder)") else { return -1 }
  defer { closedir(directory) }
  var count = 0
  while readdir(directory) != nil { count += 1 }
  return count
}

private func residentPages() -> Int {
  guard let file = fopen("/proc/self/statm", "r") else { return 0 }
  defer { fclose(file) }
  var (size, resident) = (0, 0)
  withUnsafeMutablePointer(to: &size) { size in
    withUnsafeMutablePointer(to: &resident) { resident in
      _ = withVaList([size, resident]) { vfscanf(file, "%ld %ld", $0) }
    }
  }
  return resident
}
