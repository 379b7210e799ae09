/// What a task outside of the library waits for: itself, and the child tasks that it awaits, and theirs.
///
/// It says whether a request to cancel was heard by what the task waits for, and not by a child beside.
/// Owner only, between two jobs.
struct AwaitedChildren {
  /// So many tasks are looked at; of larger groups it is not known who has reacted.
  private static let limit = 1_000

  private var members = Set<UInt>()
  /// Those that were not about to go on when this was made.
  private var suspended = Set<UInt>()

  /// Looks at the task; `nil` where Swift's runtime is not read, or there is too much to look at.
  init?(of task: AnyRunnerTask) {
    let reader = RuntimeReader.shared
    guard reader.tier == .full else { return nil }
    var pending = [task.swiftTaskAddress]
    while let address = pending.popLast() {
      guard members.count < Self.limit else { return nil }
      guard address != 0, members.insert(address).inserted, let seen = reader.look(at: address)
      else { continue }
      if seen.state == .suspended { suspended.insert(address) }
      switch seen.dependency {
      case .task(let other):
        if seen.children.contains(other) { pending.append(other) }
      case .group(let group):
        pending += seen.children.filter { reader.look(at: $0)?.group == group }
      case .continuation, .executor, nil: break
      }
    }
  }

  func contains(_ address: UInt) -> Bool { members.contains(address) }

  /// Whether one of them goes on now that Swift's cancellation has come to them; `heard` are those that
  /// waited for something of the library's and were told.
  func haveReacted(_ heard: Set<UInt>) -> Bool {
    if !suspended.isDisjoint(with: heard) { return true }
    let reader = RuntimeReader.shared
    return suspended.contains { address in
      guard let seen = reader.look(at: address) else { return true }
      return seen.state != .suspended
    }
  }
}

extension RuntimeReader {
  fileprivate func look(at address: UInt) -> RuntimeTask? {
    task(at: address, access: .guarded, withFrames: false)
  }
}
