internal import RunnerCore

/// Says why one task of a chain does not go on, as the end of a sentence that begins with its name.
enum ReasonRendering {
  static func phrase(
    _ link: Explanation.Link, in explanation: Explanation, names: [TaskID: String],
    _ spec: RenderSpec
  ) -> String {
    func name(_ id: TaskID) -> String { names[id] ?? "task \(id)" }
    switch link.reason {
    case .created: return "has not begun: its first step is queued"
    case .ready: return "is ready: " + queued(explanation.loop)
    case .running: return running(link.task, explanation.loop, spec)
    case .nextIteration: return "waits for the next iteration of its loop"
    case .timer(let remaining): return "waits for its timer, \(time(remaining, spec))"
    case .task(let other): return "waits for \(name(other))"
    case .tasks(let count, let left, let next):
      var words = "waits for \(CountLine.counted(count, "task"))"
      if let left, left < count { words += ", of which \(left) \(left == 1 ? "is" : "are") left" }
      return next.map { "\(words), among them \(name($0))" } ?? words
    case .anyTask(1, let next?): return "waits for \(name(next))"
    case .anyTask(let count, let next):
      let words = "waits for the first of \(CountLine.counted(count, "task"))"
      return next.map { "\(words), among them \(name($0))" } ?? words
    case .lock(let number, let label, let holder):
      let lock = "waits for lock \(WaitRendering.identity(number, label, spec))"
      guard let holder else { return "\(lock), which no task is known to hold" }
      return "\(lock), held by \(name(holder.task))" + WaitRendering.taking(holder, spec)
    case .future(let number, let label, let waiting):
      return "waits for future \(WaitRendering.identity(number, label, spec)), which nobody has "
        + "resolved" + others(waiting)
    case .object(let object, let number, let label, let crowd):
      return self.object(object, WaitRendering.identity(number, label, spec), crowd)
    case .readable(let descriptor): return "waits for input on fd \(descriptor)"
    case .writable(let descriptor): return "waits for room for output on fd \(descriptor)"
    case .work(let number, let label, let work):
      return self.work(work, onPool: WaitRendering.identity(number, label, spec), spec)
    case .outside(let what): return outside(what)
    case .ended(let ending): return ended(ending, spec)
    case .unknown: return "is not among the live tasks that were looked at"
    }
  }

  /// Returns `0.31 s left`, or `1.2 s overdue`.
  static func time(_ remaining: Duration, _ spec: RenderSpec) -> String {
    remaining < .zero
      ? "\(DurationStyle.sentence(.zero - remaining, spec)) overdue"
      : "\(DurationStyle.sentence(remaining, spec)) left"
  }

  private static func queued(_ loop: Explanation.LoopState) -> String {
    guard case .busy(let count) = loop, count > 1 else { return "its next step is queued" }
    return "its next step is queued, one of \(count)"
  }

  private static func running(
    _ task: TaskID, _ loop: Explanation.LoopState, _ spec: RenderSpec
  ) -> String {
    guard case .blocked(let step, _) = loop, step.task == task else { return "is running" }
    return "has run for \(DurationStyle.sentence(step.elapsed, spec)) without an await"
      + LoopStateRendering.systemCall(of: step, spec) + ", and blocks its loop"
  }

  private static func ended(_ ending: TaskEnding, _ spec: RenderSpec) -> String {
    let ago = DurationStyle.sentence(ending.elapsed, spec)
    return switch ending.outcome {
    case .returned(nil): "has returned, \(ago) ago"
    case .returned(let value?): "has returned \(ValueRendering.line(value, spec)), \(ago) ago"
    case .failed(let error):
      "has failed with \(VisibleText.line(ValueRendering.error(error), spec)), \(ago) ago"
    case .cancelled(nil): "was cancelled, \(ago) ago"
    case .cancelled(let message?):
      "was cancelled, \"\(VisibleText.line(message, spec))\", \(ago) ago"
    }
  }

  private static func outside(_ what: OutsideWait) -> String {
    switch what {
    case .unknown:
      "waits for something outside of the library: a continuation, an actor, a stream or "
        + "another plain await"
    case .continuation: "waits for a continuation that nobody has resumed"
    case .sleep: "waits for Swift's own Task.sleep, which the library cannot look into"
    case .stream: "waits for the next element of an AsyncStream"
    case .executor: "waits for its turn on an executor: an actor, the main actor or Swift's threads"
    case .task: "waits for a plain Swift task, which no runner has"
    case .group: "waits for a Swift task group, no child of which is to be seen"
    }
  }

  // MARK: Objects

  private static func work(
    _ work: WaitSnapshot.Work?, onPool pool: String, _ spec: RenderSpec
  ) -> String {
    switch work {
    case nil: "waits for work on the threads of pool \(pool)"
    case .running(let thread, let elapsed):
      "waits for work that thread \(VisibleText.excerpt(thread, spec)) of pool \(pool) has executed "
        + "for " + DurationStyle.sentence(elapsed, spec)
    case .queued(0): "waits for work that is the next one in the queue of pool \(pool)"
    case .queued(let ahead):
      "waits for work that is queued behind \(CountLine.counted(ahead, "other job")) of pool \(pool)"
    }
  }

  private static func object(
    _ object: WaitedObject, _ identity: String, _ crowd: Explanation.Crowd?
  ) -> String {
    switch object {
    case .lock: "waits for lock \(identity)"
    case .event: "waits for event \(identity), which is not set" + others(crowd?.waiting)
    case .condition:
      "waits for a notification of condition \(identity), and nobody has sent one"
        + others(crowd?.waiting)
    case .semaphore:
      "waits for semaphore \(identity), of which every slot is taken" + others(crowd?.waiting)
    case .barrier:
      "waits at barrier \(identity)"
        + (crowd.map { ", where \(tasks($0.waiting)) and more must come" } ?? " for more tasks")
    case .queueItem:
      "waits for an item of queue \(identity), which is empty"
        + queue(crowd, "to get one", "to put")
    case .queueSpace:
      "waits for room in queue \(identity), which is full"
        + queue(crowd, "to put one", "to get")
    case .queueJoin:
      "waits for the end of the work on queue \(identity), some of whose items are not done"
    case .executor: work(nil, onPool: identity, RenderSpec())
    case .generator: "waits for the next value of generator \(identity)"
    }
  }

  /// Returns how many others wait for the same.
  private static func others(_ waiting: Int?) -> String {
    guard let waiting, waiting > 1 else { return "" }
    return waiting == 2 ? ", as 1 other task does" : ", as \(waiting - 1) other tasks do"
  }

  private static func queue(
    _ crowd: Explanation.Crowd?, _ same: String, _ opposite: String
  ) -> String {
    guard let crowd else { return "" }
    let others = crowd.opposite == 0 ? "none" : "\(crowd.opposite)"
    return ": \(tasks(crowd.waiting)) \(same) and \(others) \(opposite)"
  }

  /// Returns `1 task waits`, `2 tasks wait`.
  private static func tasks(_ count: Int) -> String {
    count == 1 ? "1 task waits" : "\(count) tasks wait"
  }
}
