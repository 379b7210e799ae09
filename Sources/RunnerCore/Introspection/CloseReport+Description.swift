extension CloseReport: CustomStringConvertible {
  /// What became of the tasks, in a line: `closed in 0.02 seconds: 2 tasks cancelled, 1 refused`.
  public var description: String {
    guard didClose else { return "nothing to close" }
    let tasks = [
      (cancelledTasks, "cancelled"), (finishedTasks, "finished"), (failedTasks, "failed"),
      (refusedTasks.count, "refused"),
    ].filter { $0.0 > 0 }
    var parts = tasks.enumerated().map { index, part in
      let noun = index > 0 ? "" : part.0 == 1 ? " task" : " tasks"
      return "\(part.0)\(noun) \(part.1)"
    }
    if tasks.isEmpty { parts.append("no task left") }
    if closedGenerators > 0 {
      parts.append(
        closedGenerators == 1 ? "1 generator closed" : "\(closedGenerators) generators closed")
    }
    if !unfinishedJobs.isEmpty {
      let count = unfinishedJobs.count
      parts.append(count == 1 ? "1 job goes on" : "\(count) jobs go on")
    }
    if wasInterrupted { parts.append("interrupted") }
    return "closed in \(duration.inSeconds) seconds: " + parts.joined(separator: ", ")
  }
}
