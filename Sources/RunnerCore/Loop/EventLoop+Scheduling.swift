private import Synchronization

extension EventLoop {
  /// Makes a call in the loop's next iteration, after everything that is ready now.
  ///
  /// Calls are made in the order of their scheduling, in a copy of the present context. Must be
  /// called on the loop's thread, or while no thread runs it; debug mode sees to that. Mirrors
  /// `loop.call_soon()`.
  ///
  /// - Throws: `RunnerError.closed` when the loop is closed; in debug mode `RunnerError.wrongThread`.
  @discardableResult
  public func schedule(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function,
    _ action: @escaping @Sendable () throws -> Void
  ) throws -> ScheduledCallback {
    try checkOpen()
    try checkThread()
    let callback = makeCallback(
      deadline: nil, place: WaitPlace(fileID, line, function),
      action: action)
    if isRunningHere {
      enqueue(.callback(callback))
    } else if withOwnershipInTurn({ enqueue(.callback(callback)) }) == nil {
      enqueueFromElsewhere(.callback(callback))
    }
    return callback
  }

  /// Makes a call after `delay` seconds of the loop's clock; mirrors `loop.call_later()`.
  ///
  /// Calls with equal deadlines are made in the order of their scheduling. Threads as `schedule`.
  ///
  /// - Throws: as `schedule`.
  @discardableResult
  public func schedule(
    after delay: Duration, fileID: StaticString = #fileID, line: UInt = #line,
    function: StaticString = #function, _ action: @escaping @Sendable () throws -> Void
  ) throws -> ScheduledCallback {
    try schedule(
      at: now.advanced(by: delay), fileID: fileID, line: line, function: function, action)
  }

  /// Makes a call at a moment of the loop's clock; mirrors `loop.call_at()`.
  ///
  /// Threads as `schedule`.
  ///
  /// - Throws: as `schedule`.
  @discardableResult
  public func schedule(
    at deadline: LoopInstant, fileID: StaticString = #fileID, line: UInt = #line,
    function: StaticString = #function, _ action: @escaping @Sendable () throws -> Void
  ) throws -> ScheduledCallback {
    try checkOpen()
    try checkThread()
    let callback = makeCallback(
      deadline: deadline, place: WaitPlace(fileID, line, function),
      action: action)
    perform { [self] in addTimer(.callback(callback), at: deadline.nanoseconds) }
    return callback
  }

  /// Makes a call soon, from any thread, and wakes the loop; mirrors `loop.call_soon_threadsafe()`.
  ///
  /// - Throws: `RunnerError.closed` when the loop is closed.
  @discardableResult
  public func scheduleThreadSafe(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function,
    _ action: @escaping @Sendable () throws -> Void
  ) throws -> ScheduledCallback {
    try checkOpen()
    let callback = makeCallback(
      deadline: nil, place: WaitPlace(fileID, line, function),
      action: action)
    enqueueFromElsewhere(.callback(callback))
    return callback
  }

  // MARK: Timers

  /// Adds a timer; owner only.
  func addTimer(_ target: TimerQueue.Target, at deadline: Int64) {
    timers.insert(target, at: deadline)
    if timers.hasGivenUp { releaseTimers() }
  }

  /// Releases what was waited for by timers that were given up, which may end with it and use the loop.
  @inline(never)
  func releaseTimers() { _ = timers.takeGivenUp() }

  /// Lets all go on that are due.
  func wakeDueTimers() {
    if isInstrumented { instrumentation.waker = .timer }
    defer { if isInstrumented { instrumentation.waker = .outside } }
    let now = clock.now.nanoseconds
    while let target = timers.popDue(by: now) {
      switch target {
      case .waiter(let waiter, _): wake(waiter)
      case .callback(let callback): ready.append(.callback(callback))
      case .job(let job): ready.append(.job(job, on: .none))
      }
    }
  }

  // MARK: Parts

  /// A callback in a copy of the present context.
  func makeCallback(
    deadline: LoopInstant?, place: WaitPlace?, action: @escaping @Sendable () throws -> Void
  ) -> ScheduledCallback {
    ScheduledCallback(
      deadline: deadline, place: place, variables: .current, action: action)
  }

  /// - Throws: `RunnerError.closed` when the loop is closed.
  func checkOpen() throws {
    if isClosed {
      throw RunnerError(.closed, "Event loop is closed: '\(name)' takes no more work.")
    }
  }

  /// How many passes the loop has made; may be asked from any thread.
  public var iterations: UInt64 { iterationCell.load(ordering: .relaxed) }

  /// Whether the loop has been closed; may be asked from any thread.
  public var isClosed: Bool { phase == .closed }
}
