import RunnerCore

/// What it costs to look at many tasks; the loop stands still, so the one who looks does the work.
extension Workload {
  static let looking: [Workload] = [
    Workload(
      "k_snapshot", 100_000,
      prepare: { count in
        let crowd = try Crowd(of: count)
        return {
          let listing = try crowd.inspector.tasks(TaskQuery())
          precondition(listing.tasks.count == count && listing.consistency == .exact)
        }
      }),
    Workload(
      "k_page", 100_000,
      prepare: { count in
        let crowd = try Crowd(of: count)
        return {
          let listing = try crowd.inspector.tasks(TaskQuery(order: .waiting, limit: 40))
          precondition(listing.tasks.count == 40 && listing.matching == count)
        }
      }),
    Workload(
      "k_gather", 100_000,
      prepare: { count in
        let crowd = try Crowd(of: count - 1, isGathered: true)
        return {
          let explanation = try crowd.inspector.explanation(of: crowd.last)
          precondition(explanation.links.count == 2)
        }
      }),
    Workload(
      "k_close", 100_000, isUsedUp: true,
      prepare: { count in
        let crowd = try Crowd(of: count)
        return { try crowd.close() }
      }),
    // Only the first one of a process reads its tables: run it alone.
    Workload(
      "k_where", 1,
      prepare: { _ in
        let crowd = try Crowd(of: 1)
        return {
          let stack = try crowd.inspector.stack(of: crowd.last)
          precondition(stack.frames.contains { $0.function.hasPrefix("park(") && $0.line != nil })
        }
      }),
  ]
}

@inline(never) func park() async throws { try await sleep(3_600) }

/// A runner with many tasks that wait.
private final class Crowd: Sendable {
  let inspector: LocalInspector
  /// The task that was made last.
  let last: TaskID
  private let runner = Runner(.init(name: "crowd"))

  init(of count: Int, isGathered: Bool = false) throws {
    inspector = LocalInspector([runner])
    let loop = try runner.loop
    last = try runner.run {
      var tasks: [RunnerTask<Void>] = []
      for _ in 0..<count { tasks.append(try loop.makeTask { try await park() }) }
      var last = tasks[count - 1].id
      if isGathered {
        let all = tasks
        last = try loop.makeTask { _ = try await gather(all) }.id
      }
      for _ in 0..<3 { try await sleep(0) }
      return last
    }
  }

  func close() throws { _ = try runner.close() }

  deinit { _ = try? runner.close() }
}
