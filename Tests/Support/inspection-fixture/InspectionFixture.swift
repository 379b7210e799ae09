import RunnerCore

/// Waits in a task and prints what can be seen of it: the tier, what it awaits, its functions; or does
/// what its argument says.
@main
enum InspectionFixture {
  static func main() throws {
    switch CommandLine.arguments.dropFirst().first {
    case "overflow": try Overflow.run()
    case "crowd": try Crowd.run(Int(CommandLine.arguments.last ?? "") ?? 1000)
    default: try look()
    }
  }

  private static func look() throws {
    let reader = RuntimeReader.shared
    print("tier \(reader.tier) \(reader.reason)")
    let frames = try Runner.run {
      let found = Address()
      let task = try EventLoop.running?.makeTask(named: "seen") { try await waitSomewhere(found) }
      try await sleep(0)
      let seen = reader.task(at: found.value)
      print("task \(seen.map { $0.state?.rawValue ?? "known" } ?? "unknown")")
      task?.cancel()
      return seen.map(CodeFrame.frames) ?? []
    }
    for frame in frames {
      print("frame \(frame.function) \(frame.line?.description ?? "-")")
    }
    print("done")
  }
}

/// Where the task is; written and read by one loop.
final class Address: @unchecked Sendable {
  var value: UInt = 0
}

@inline(never)
func waitSomewhere(_ found: Address) async throws {
  found.value = withUnsafeCurrentTask { unsafeBitCast($0, to: UInt.self) }
  try await sleep(3600)
}
