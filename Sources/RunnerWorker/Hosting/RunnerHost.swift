private import CRunnerRuntime
private import Glibc
internal import RunnerCore
internal import RunnerMonitor

/// A named runner and the thread on which its loop turns, its runs run and its close closes.
final class RunnerHost: Sendable {
  let runner: Runner

  private struct State {
    var mailbox = HostMailbox()
    /// Opened when the mailbox changes; the thread waits for it.
    var change = Latch()
    /// Opened when the thread has begun to turn, or has stopped.
    var settled: [Latch] = []
    var hasThread = false
    /// The kernel's number of the thread, once it lives.
    var thread: Int32?
  }

  private let state = LockedValue(State())
  private let events: @Sendable (HostEvent) -> Void
  private let terminal: LentTerminal?

  /// What the thread tells.
  enum HostEvent: Sendable {
    case jobStarted(JobID, TaskID)
    case jobEnded(JobID, JobSnapshot.State, [ValueBinding], cpuTime: Duration)
    case failed(any Error)
    /// Something that was printed could not be written.
    case outputLost
  }

  init(
    runner: Runner, terminal: LentTerminal? = nil, events: @escaping @Sendable (HostEvent) -> Void
  ) {
    self.runner = runner
    self.terminal = terminal
    self.events = events
  }

  /// How long `start` and `stop` wait for the loop to do as asked.
  static let patience = Duration.seconds(1)

  // MARK: Asking

  func snapshot() -> RunnerSnapshot {
    var snapshot = runner.snapshot()
    snapshot.isStarted = state.withLock { $0.mailbox.isStarted }
    return snapshot
  }

  /// Keeps the loop turning in the background; returns when it does, or after one second.
  func start() throws {
    _ = try runner.loop
    try settle { mailbox in
      guard !mailbox.isStarted else { return false }
      mailbox.start()
      return mailbox.busyWith == nil
    }
  }

  /// Lets the loop stand still; returns when it does, or after one second.
  func stop() throws {
    try settle { mailbox in
      guard mailbox.isStarted else { return false }
      mailbox.stop()
      return mailbox.busyWith == nil
    }
  }

  /// Queues a run.
  ///
  /// - Throws: `RunnerError.alreadyRunning` when one is under way.
  func run(_ run: HostMailbox.Run) throws {
    try change { mailbox in
      try Self.checkFree(mailbox, runner.name, toRun: true)
      mailbox.submit(run)
    }
  }

  /// Closes the runner on its thread.
  ///
  /// - Throws: `RunnerError.alreadyRunning` when a run is under way or the loop does not come back.
  func close(deadline: Duration?) throws -> CloseReport {
    if runner.phase != .initialized { return try runner.close(deadline: deadline) }
    let request = HostMailbox.Close(deadline: deadline)
    try change { mailbox in
      try Self.checkFree(mailbox, runner.name)
      mailbox.submit(request)
    }
    // The runner keeps its own deadline; past it only a step that never ends can hold it up.
    let limit = deadline ?? runner.closeDeadline
    guard request.done.wait(limit: limit + .seconds(2)),
      let outcome = request.outcome.withLock({ $0 })
    else {
      throw RunnerError(
        .alreadyRunning,
        "The loop of '\(runner.name)' is stuck in a step that does not end; it is closed as soon as"
          + " that returns. 'loop \(runner.name)' says where it is.")
    }
    return try outcome.get()
  }

  /// Does what Ctrl-C means for the runner; a run that waits for a person's input hears of its end.
  func interrupt() -> InterruptOutcome {
    let outcome = runner.interrupt()
    if let terminal, let thread = state.withLock(\.thread) { terminal.endRead(ofThread: thread) }
    return outcome
  }

  private static func checkFree(
    _ mailbox: HostMailbox, _ name: String, toRun: Bool = false
  ) throws {
    guard let work = mailbox.busyWith else { return }
    let ways: String
    if let job = mailbox.busyJob {
      ways =
        "'fg \(job)' waits for it, 'interrupt \(name)' ends it"
        + (toRun
          ? "; beside it, 'spawn' makes tasks, and 'new NAME', 'use NAME' another runner" : "")
    } else {
      ways = "wait for it, or 'interrupt \(name)'"
    }
    throw RunnerError(.alreadyRunning, "The runner '\(name)' is busy with \(work): \(ways).")
  }

  /// Changes the mailbox and wakes the thread, wherever it waits.
  private func change(_ edit: (inout HostMailbox) throws -> Void) throws {
    let (latch, needsThread) = try state.withLock { state in
      try edit(&state.mailbox)
      defer { state.hasThread = true }
      return (state.change, !state.hasThread)
    }
    if needsThread {
      try NamedThread.start("runner-\(runner.name)".prefix15) { [self] in live() }
    }
    latch.open()
    runner.existingLoop?.nudge()
  }

  private func settle(_ edit: (inout HostMailbox) -> Bool) throws {
    let latch = Latch()
    var waits = false
    try change { waits = edit(&$0) }
    guard waits else { return }
    let isTurning = state.withLock { state in
      state.settled.append(latch)
      return state.mailbox.activity == .turning && runner.existingLoop?.isRunning == true
    }
    if isTurning == state.withLock({ $0.mailbox.isStarted }) { latch.open() }
    _ = latch.wait(limit: Self.patience)
    state.withLock { $0.settled.removeAll { $0 === latch } }
  }

  // MARK: The thread

  private func live() {
    CrashWatch.coverThread()
    state.withLock { $0.thread = runner_thread_id() }
    while true {
      let (work, change) = state.withLock { state in
        let work = state.mailbox.next()
        if case .wait = work { state.change = Latch() }
        return (work, state.change)
      }
      switch work {
      case .turn: turn()
      case .run(let run): execute(run)
      case .close(let request): execute(request)
      case .wait:
        openSettled()
        _ = change.wait()
      case .exit: return
      }
    }
  }

  private func openSettled() {
    let settled = state.withLock { state in
      defer { state.settled = [] }
      return state.settled
    }
    for latch in settled { latch.open() }
  }

  private func turn() {
    do {
      try runner.loop.run(while: {
        let keepsTurning = state.withLock { $0.mailbox.keepsTurning }
        if keepsTurning { openSettled() }
        return keepsTurning
      })
    } catch {
      state.withLock { $0.mailbox.didFail() }
      events(.failed(error))
    }
    flushOutput()
  }

  private func execute(_ run: HostMailbox.Run) {
    let end: JobSnapshot.State
    let cpuStart = Self.cpuTime
    terminal?.lend()
    do {
      let value = try runner.run(
        named: run.coroutine.name, operation: run.expression,
        onStart: { events(.jobStarted(run.job, $0)) }, run.coroutine.body)
      end = .returned(value)
    } catch let interrupt as RunnerInterrupted {
      end = .interrupted(mainIsPending: interrupt.mainIsPending)
    } catch is CancellationError {
      end = .cancelled
    } catch {
      end = .failed(Self.snapshot(of: error))
    }
    // What the coroutine printed goes out before anybody hears of its end.
    flushOutput()
    PrivateDescriptors.mendAfterRun()
    let cpuTime = Self.cpuTime - cpuStart
    terminal?.takeBack()
    // Its thread is still in nobody else's hands: nothing changes what is read.
    let bindings = run.bindings()
    state.withLock { $0.mailbox.didRun() }
    events(.jobEnded(run.job, end, bindings, cpuTime: cpuTime))
  }

  /// How long the calling thread has been at work.
  private static var cpuTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  /// The error, with the person's own functions in which it was thrown.
  private static func snapshot(of error: any Error) -> ErrorSnapshot {
    var snapshot = ErrorSnapshot(error)
    let own = ThrowWatch.frames(of: error)
    // A cell's body is a closure in a closure: one place for the person.
    let places = own.indices.filter { index in
      index == 0 || own[index].function != own[index - 1].function
        || own[index].line != own[index - 1].line
    }
    snapshot.frames = places.prefix(frameLimit).map { own[$0] }
    return snapshot
  }

  /// How many functions of an error are told; a recursion has thousands.
  private static let frameLimit = 8

  private func execute(_ request: HostMailbox.Close) {
    let outcome: Result<CloseReport, any Error>
    do {
      outcome = .success(try runner.close(deadline: request.deadline))
    } catch let interrupt as RunnerInterrupted where interrupt.closeReport != nil {
      outcome = .success(interrupt.closeReport ?? CloseReport())
    } catch {
      outcome = .failure(error)
    }
    flushOutput()
    state.withLock { $0.mailbox.didClose(runner.phase == .closed) }
    request.outcome.withLock { $0 = outcome }
    request.done.open()
  }

  private func flushOutput() {
    if !runner_flush_output() { events(.outputLost) }
  }
}

extension String {
  /// As much of it as the kernel keeps of a thread's name.
  fileprivate var prefix15: String { String(decoding: utf8.prefix(15), as: UTF8.self) }
}
