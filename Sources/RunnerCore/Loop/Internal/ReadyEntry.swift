/// Something that the loop executes in its next iteration.
enum ReadyEntry {
  /// A step of a Swift task whose preferred executor is the loop.
  case job(UnownedJob)
  /// A step of code that is isolated to the loop's serial executor.
  case isolatedJob(UnownedJob)
  /// A step of a Swift task that prefers no executor.
  case plainJob(UnownedJob)
  /// A step of code that is isolated to the main actor.
  case mainJob(UnownedJob)
  /// The end of a wait; the waiter lives until it has been resumed.
  case wake(Unmanaged<Waiter>)
  case callback(ScheduledCallback)
  /// What lets a run end with the iteration after the one in which its task has ended.
  case endOfRun

  /// The address of the job, if it is one.
  var jobAddress: UInt? {
    switch self {
    case .job(let job), .isolatedJob(let job), .plainJob(let job), .mainJob(let job): job.address
    case .wake, .callback, .endOfRun: nil
    }
  }
}
