import Glibc
import RunnerCore

/// Programs that count what they hold before and after.
let soundnessScenarios: [String: @Sendable () throws -> Void] = [
  "descriptors": {
    try Runner.run { try await sleep(0.0001) }
    let before = (entries("fd"), entries("task"))
    for _ in 0..<200 { try Runner.run { try await sleep(0.0001) } }
    for _ in 0..<200 { try Runner().run { try await sleep(0.0001) } }
    say("descriptors: \(entries("fd") == before.0 ? "same" : "\(before.0), then \(entries("fd"))")")
    say("threads: \(entries("task") == before.1 ? "same" : "\(before.1), then \(entries("task"))")")
  },
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
