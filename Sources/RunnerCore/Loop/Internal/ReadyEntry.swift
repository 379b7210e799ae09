/// Something that the loop executes in its next iteration.
enum ReadyEntry {
  /// A step of a Swift task.
  case job(UnownedJob, on: JobExecutor = .loop)
  /// The end of a wait; the waiter lives until it has been resumed.
  case wake(Unmanaged<Waiter>)
  case callback(ScheduledCallback)
  /// What lets a run end with the iteration after the one in which its task has ended.
  case endOfRun

  /// The address of the job, if it is one.
  var jobAddress: UInt? {
    if case .job(let job, _) = self { job.address } else { nil }
  }
}

/// What a step is executed on.
enum JobExecutor {
  /// The loop, which the task prefers.
  case loop
  /// The loop's serial executor, which the code is isolated to.
  case isolated
  /// Nothing that the task would prefer.
  case none
  /// The main actor, which the code is isolated to.
  case main
}
