/// Something that the loop executes in its next iteration.
enum ReadyEntry {
  /// A step of a Swift task whose preferred executor is the loop.
  case job(UnownedJob)
  /// A step of code that is isolated to the loop's serial executor.
  case isolatedJob(UnownedJob)
  /// The end of a wait.
  case wake(Waiter)
  case callback(ScheduledCallback)
}
