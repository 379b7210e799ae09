import RunnerCore

/// An inspector of hand-made pictures.
struct StubInspector: RunnerInspector {
  var runner = RunnerSnapshot(name: "main", phase: .initialized, activity: .turning)
  var loop = LoopSnapshot(runner: "main", phase: .running)
  var tasks: [TaskSnapshot] = []
  var ended: [TaskSnapshot] = []
  /// How many tasks a listing gives at most.
  var listingLimit = Int.max

  func runners() throws -> [RunnerSnapshot] {
    var runner = runner
    runner.liveTasks = tasks.count
    return [runner]
  }

  func tasks(_ query: TaskQuery) throws -> TaskListing {
    let limit = min(listingLimit, query.limit ?? .max)
    return TaskListing(
      tasks: Array(tasks.prefix(limit)), matching: tasks.count, total: tasks.count,
      consistency: loop.consistency)
  }

  func task(_ id: TaskID) throws -> TaskSnapshot {
    guard let task = (tasks + ended).first(where: { $0.id == id }) else {
      throw RunnerError(.notFound, "There is no task \(id).")
    }
    return task
  }

  func stack(of task: TaskID) throws -> TaskStack {
    TaskStack(task: try self.task(task), kind: .unknown)
  }

  func history(_ query: TaskQuery) throws -> TaskListing {
    TaskListing(tasks: ended, matching: ended.count, total: ended.count)
  }

  func loop(of runner: String) throws -> LoopSnapshot { loop }

  func context(of owner: ContextSnapshot.Owner) throws -> ContextSnapshot {
    ContextSnapshot(owner: owner, entries: [])
  }

  /// A suspended task that waits for something.
  static func task(
    _ number: UInt64, _ subject: WaitSnapshot.Subject, heldBy holder: UInt64? = nil
  ) -> TaskSnapshot {
    TaskSnapshot(
      id: TaskID(number), name: "t\(number)", runner: "main", state: .suspended,
      wait: WaitSnapshot(
        subject: subject, holder: holder.map { WaitSnapshot.Holder(task: TaskID($0)) }))
  }

  /// A live task that waits for nothing.
  static func task(_ number: UInt64, _ state: TaskState) -> TaskSnapshot {
    TaskSnapshot(id: TaskID(number), name: "t\(number)", runner: "main", state: state)
  }
}
