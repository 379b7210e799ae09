/// What a tool that acts on tasks by their numbers needs; may be called from any thread.
extension EventLoop {
  /// The live task with this number.
  package func liveTask(_ id: TaskID) -> AnyRunnerTask? { registry.liveTask(id)?.visible }

  /// Calls `observer` once when the task has ended, on the loop's thread; at once if it has already.
  package func observeEnd(of task: AnyRunnerTask, _ observer: @escaping @Sendable () -> Void) {
    registry.observeEnd(of: task, observer)
  }

  /// The tasks that wait for each other in a circle, in the order in which they do, if there is one.
  package func awaitCycle() -> [TaskID]? {
    inspect { [self] consistency in TaskPicture(of: self, natives: consistency).cycle() }
  }

  /// The task itself and the live tasks that it made, and those that they made.
  package func descendants(of id: TaskID) -> [TaskID] {
    var found = [id]
    for task in tasks where task.parent.map(found.contains) ?? false { found.append(task.id) }
    return found
  }
}

extension TaskPicture {
  /// The first circle of tasks that wait for each other.
  func cycle() -> [TaskID]? {
    var awaited: [TaskID: [TaskID]] = [:]
    for (target, waiting) in awaiters(includingGroups: false) {
      for task in waiting { awaited[task, default: []].append(target) }
    }
    var finished = Set<TaskID>()
    for start in awaited.keys.sorted() where !finished.contains(start) {
      var path = [start]
      var branches = [awaited[start] ?? []]
      while let branch = branches.last {
        guard let next = branch.last else {
          finished.insert(path.removeLast())
          branches.removeLast()
          continue
        }
        branches[branches.count - 1].removeLast()
        if let index = path.firstIndex(of: next) { return Array(path[index...]) }
        if finished.contains(next) { continue }
        path.append(next)
        branches.append(awaited[next] ?? [])
      }
    }
    return nil
  }
}
