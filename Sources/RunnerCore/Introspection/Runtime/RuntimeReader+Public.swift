/// The public tier: what Swift's public functions say of a task that is alive.
///
/// That a job is its task and that an `UnsafeCurrentTask` is a pointer to it hold since Swift has
/// tasks; both have a pointer's size, and the library relies on it elsewhere too.
extension RuntimeReader {
  func readPublicly(at address: UInt) -> RuntimeTask? {
    guard address != 0 else { return nil }
    let task = unsafeBitCast(address, to: UnsafeCurrentTask.self)
    let job = unsafeBitCast(address, to: UnownedJob.self)
    return RuntimeTask(
      address: address, id: Self.id(in: job.description), isCancelled: task.isCancelled,
      priority: task.priority.rawValue, basePriority: task.basePriority.rawValue)
  }

  /// The number in `UnownedJob(id: 7)`, or 0.
  private static func id(in description: String) -> UInt64 {
    UInt64(description.drop { !$0.isNumber }.prefix { $0.isNumber }) ?? 0
  }
}
