private import CRunnerRuntime

/// The instrument that measures: times of tasks, lengths of steps, and which of these were slow.
///
/// It is told by the loop's owner, and asked from any thread, also while a step does not end.
final class StepClock: RunnerInstrument {
  /// How many slow steps are remembered.
  static let slowStepLimit = 8

  private let state: LockedValue<State>
  private let loopClock: any LoopClock

  /// Creates one that remembers the times of so many tasks that have ended.
  init(clock: any LoopClock, historyLimit: Int) {
    loopClock = clock
    state = LockedValue(State(historyLimit: historyLimit))
  }

  // MARK: Asking

  /// The times of a task until now; `nil` for one that nothing is known of.
  func times(of task: TaskID) -> TaskTimes? {
    let moment = Moment(loopClock)
    return state.withLock { $0.times(of: task, at: moment) }
  }

  var stepTimes: StepTimes? { state.withLock { StepTimes($0.histogram) } }

  /// The slow steps, oldest first.
  var slowSteps: [SlowStep] {
    let now = runner_monotonic_now()
    return state.withLock { $0.slow.elements }.map { slow in
      var step = slow.step
      step.elapsed = .nanoseconds(now - slow.endedAt)
      return step
    }
  }

  // MARK: Being told

  func taskMade(_ task: AnyRunnerTask) {
    let moment = Moment(loopClock)
    state.withLock { $0.tasks[task.id] = TaskClock(.scheduled, at: moment.loop) }
  }

  func stepBegan(of task: AnyRunnerTask) {
    let moment = Moment(loopClock)
    state.withLock { $0.beginStep(of: task, at: moment) }
  }

  func stepEnded(of task: AnyRunnerTask) {
    let moment = Moment(loopClock)
    let limit = task.loop.slowStepDuration
    state.withLock { $0.endStep(of: task, at: moment, slowness: limit.wholeNanoseconds) }
  }

  func taskSuspended(_ task: AnyRunnerTask, for wait: TaskSuspension) {
    let moment = Moment(loopClock)
    state.withLock { state in
      state.withClock(of: task, at: moment) { clock in
        clock.site = wait.waitSite
        clock.move(to: .idle, at: moment.loop)
      }
    }
  }

  func taskWoken(_ task: AnyRunnerTask, by waker: TaskWaker) {
    let moment = Moment(loopClock)
    state.withLock { state in
      state.withClock(of: task, at: moment) { $0.move(to: .scheduled, at: moment.loop) }
    }
  }

  func taskEnded(_ task: AnyRunnerTask) {
    let moment = Moment(loopClock)
    state.withLock { $0.end(task, at: moment) }
  }

  func callbackBegan(_ callback: ScheduledCallback, on loop: EventLoop) {
    let moment = Moment(loopClock)
    state.withLock { $0.frames.append(Frame(task: nil, began: moment.real, site: nil)) }
  }

  func callbackEnded(_ callback: ScheduledCallback, on loop: EventLoop) {
    let moment = Moment(loopClock)
    let limit = loop.slowStepDuration
    state.withLock { state in
      guard let length = state.leave(nil, at: moment) else { return }
      state.note(
        length, isOutermost: state.frames.isEmpty, slowness: limit.wholeNanoseconds, at: moment
      ) {
        SlowStep(
          task: nil, duration: .nanoseconds(length), elapsed: .zero, site: callback.site)
      }
    }
  }

  func loopWillWait(_ loop: EventLoop, upTo limit: Duration?) {
    // Nothing is being executed: what an instrument that came too late has begun is over.
    state.withLock { $0.frames.removeAll(keepingCapacity: true) }
  }
}

extension StepClock {
  /// Now, on both clocks.
  private struct Moment {
    let real = runner_monotonic_now()
    let loop: Int64

    init(_ clock: any LoopClock) {
      loop = clock.now.nanoseconds
    }
  }

  /// A step or a callback that is being executed.
  private struct Frame {
    var task: TaskID?
    var began: Int64
    /// The time of those inside of it.
    var inner: Int64 = 0
    /// Where the step began.
    var site: WaitSite?
  }

  /// The times of one task.
  private struct TaskClock {
    enum Phase {
      case scheduled
      case running
      case idle
    }

    private var phase: Phase
    /// What it is in after the present step.
    private var next = Phase.idle
    private var since: Int64
    var busy: Int64 = 0
    private var scheduled: Int64 = 0
    private var idle: Int64 = 0
    /// Where it waited last.
    var site: WaitSite?

    init(_ phase: Phase, at moment: Int64) {
      self.phase = phase
      since = moment
    }

    /// In a step this tells what comes after it.
    mutating func move(to newPhase: Phase, at moment: Int64) {
      if phase == .running {
        next = newPhase
      } else {
        enter(newPhase, at: moment)
      }
    }

    mutating func beginStep(at moment: Int64) {
      enter(.running, at: moment)
      next = .idle
    }

    mutating func endStep(_ length: Int64, at moment: Int64) {
      busy += length
      enter(next, at: moment)
    }

    private mutating func enter(_ newPhase: Phase, at moment: Int64) {
      let times = self.times(at: moment)
      (scheduled, idle) = (times.scheduled, times.idle)
      (phase, since) = (newPhase, moment)
    }

    private func times(at moment: Int64) -> (scheduled: Int64, idle: Int64) {
      let elapsed = max(0, moment - since)
      return switch phase {
      case .scheduled: (scheduled + elapsed, idle)
      case .idle: (scheduled, idle + elapsed)
      case .running: (scheduled, idle)
      }
    }

    /// The times until now; `present` is how long its step has been executed.
    func taskTimes(at moment: Int64, present: Int64) -> TaskTimes {
      let times = self.times(at: moment)
      return TaskTimes(
        busy: .nanoseconds(busy + present), scheduled: .nanoseconds(times.scheduled),
        idle: .nanoseconds(times.idle))
    }
  }

  private struct State {
    var tasks: [TaskID: TaskClock] = [:]
    var frames: [Frame] = []
    var histogram = DurationHistogram()
    var slow = Recent<(step: SlowStep, endedAt: Int64)>(limit: StepClock.slowStepLimit)
    private var ended: [TaskID: TaskTimes] = [:]
    private var endedOrder: Recent<TaskID>

    init(historyLimit: Int) {
      endedOrder = Recent(limit: historyLimit)
    }

    /// A task that was made before the measuring began is known from its first event on.
    mutating func withClock(
      of task: AnyRunnerTask, at moment: Moment, _ edit: (inout TaskClock) -> Void
    ) {
      if task.isDone { return }
      edit(&tasks[task.id, default: TaskClock(.idle, at: moment.loop)])
    }

    mutating func beginStep(of task: AnyRunnerTask, at moment: Moment) {
      var site: WaitSite?
      withClock(of: task, at: moment) { clock in
        clock.beginStep(at: moment.loop)
        site = clock.site
      }
      frames.append(Frame(task: task.id, began: moment.real, site: site))
    }

    mutating func endStep(of task: AnyRunnerTask, at moment: Moment, slowness: Int64) {
      let site = frames.last?.site
      let inner = frames.last?.inner ?? 0
      guard let length = leave(task.id, at: moment) else { return }
      tasks[task.id]?.endStep(length - inner, at: moment.loop)
      note(length, isOutermost: frames.isEmpty, slowness: slowness, at: moment) {
        SlowStep(
          task: task.id, name: task.name.excerpt(60), duration: .nanoseconds(length),
          elapsed: .zero, site: site.map { SourceSite($0) } ?? task.creationSite)
      }
    }

    /// Ends the innermost frame, if it is that of the task, and returns how long it took.
    mutating func leave(_ task: TaskID?, at moment: Moment) -> Int64? {
      guard let frame = frames.last, frame.task == task else { return nil }
      frames.removeLast()
      let length = moment.real - frame.began
      if !frames.isEmpty { frames[frames.count - 1].inner += length }
      return length
    }

    /// Counts what the loop has executed; a step inside of another is counted with that.
    mutating func note(
      _ length: Int64, isOutermost: Bool, slowness: Int64, at moment: Moment,
      _ makeStep: () -> SlowStep
    ) {
      guard isOutermost else { return }
      histogram.record(length)
      if length >= slowness { slow.append((makeStep(), moment.real)) }
    }

    mutating func end(_ task: AnyRunnerTask, at moment: Moment) {
      let times = self.times(of: task.id, at: moment)
      tasks[task.id] = nil
      guard let times, task.role != .tool else { return }
      ended[task.id] = times
      if let forgotten = endedOrder.append(task.id) { ended[forgotten] = nil }
    }

    func times(of task: TaskID, at moment: Moment) -> TaskTimes? {
      guard let clock = tasks[task] else { return ended[task] }
      let frame = frames.last { $0.task == task }
      let present = frame.map { moment.real - $0.began - $0.inner } ?? 0
      return clock.taskTimes(at: moment.loop, present: max(0, present))
    }
  }
}
