import Glibc
import RunnerCore

/// So many tasks, and how long it takes to look at them; to be run by hand, built for release.
enum Crowd {
  static func run(_ count: Int) throws {
    let runner = Runner(.init(name: "main"))
    let inspector = LocalInspector([runner])
    try runner.run(named: "main") {
      let loop = try runner.loop
      try measure("making \(count) tasks") {
        for number in 0..<count {
          try loop.makeTask(named: "sleeper \(number)") { try await sleep(3600) }
        }
      }
      try await sleep(0)
      try await sleep(0)
      var listing = TaskListing(tasks: [], matching: 0, total: 0)
      for order in [TaskQuery.Order.id, .age, .name] {
        try measure("50 of them, by \(order.rawValue)") {
          listing = try inspector.tasks(TaskQuery(order: order, limit: 50))
        }
        print("  \(listing.tasks.count) of \(listing.total) \(listing.omission)")
      }
      let last = listing.tasks[0].id
      try measure("one of them") { _ = try inspector.task(last) }
      try measure("its stack") { _ = try inspector.stack(of: last) }
      try measure("its explanation") { _ = try inspector.explanation(of: last) }
    }
  }

  private static func measure(_ what: String, _ body: () throws -> Void) rethrows {
    let time = try ContinuousClock().measure(body)
    print("\(what): \(time), \(residentMegabytes()) MB")
  }

  private static func residentMegabytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = fread(&bytes, 1, 255, file)
    let text = String(decoding: bytes.prefix(count), as: UTF8.self)
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return (pages * sysconf(Int32(_SC_PAGESIZE))) >> 20
  }
}
