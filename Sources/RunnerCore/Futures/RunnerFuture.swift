/// A value that will be there later; mirrors `asyncio.Future`.
///
/// `pending` → resolved, failed or cancelled, and never back. Made by `EventLoop.makeFuture`. Use it
/// on its loop's thread, or while no thread runs the loop; from elsewhere use `scheduleThreadSafe`.
public final class RunnerFuture<Value: Sendable>: @unchecked Sendable {
  /// A number that names the future in snapshots.
  public let number: UInt64

  /// What the future stands for, as snapshots show it.
  public let label: String

  /// The loop it belongs to.
  public let loop: EventLoop

  private let origin: TaskOrigin

  /// Where it was made.
  var creationSite: SourceSite? { origin.site }

  private enum State {
    case pending
    case resolved
    case failed
    case cancelled
  }

  // Without checks for overlapping access, as in `EventLoop`.
  @exclusivity(unchecked) private var state = State.pending
  @exclusivity(unchecked) private var result: UnsafeMutablePointer<Value>?
  @exclusivity(unchecked) private var failure: (any Error)?
  @exclusivity(unchecked) private var waiters = WaiterList()
  @exclusivity(unchecked) private var doneCallbacks = DoneCallbacks()
  /// Whether it has an error that nobody has looked at.
  @exclusivity(unchecked) private var hasUnreadError = false

  /// Required, which lets it be made of whatever type the caller says, without a look for that type.
  @usableFromInline @inline(never)
  required init(loop: EventLoop, label: String, fileID: String, line: Int, function: String) {
    self.loop = loop
    self.label = label
    origin =
      loop.isRunningHere
      ? loop.origins.origin(fileID: fileID, line: line, function: function)
      : TaskOrigin(site: SourceSite(fileID: fileID, line: line, function: function))
    number = ObjectNumber.next(label: label)
  }

  deinit {
    if hasUnreadError, let failure { reportUnread(failure) }
    result?.forget()
    if !label.isEmpty { ObjectNumber.forget(number) }
  }

  private func reportUnread(_ error: any Error) {
    var report = LoopReport(message: "Future exception was never retrieved", error: error)
    report.future = number
    report.creationSite = creationSite
    report.details["future"] = description
    loop.reportSoon(report)
  }

  /// Whether the future has its value or its error, or was cancelled.
  public var isDone: Bool { state != .pending }

  /// Whether the future was cancelled.
  public var isCancelled: Bool { state == .cancelled }

  /// The state in a word.
  var stateName: String {
    switch state {
    case .pending: "pending"
    case .resolved: "resolved"
    case .failed: "failed"
    case .cancelled: "cancelled"
    }
  }

  /// The value; suspends the calling task until it is there.
  ///
  /// A done future does not suspend. A task that is cancelled while it waits cancels the future.
  ///
  /// - Throws: the future's error; `CancellationError` when it was cancelled.
  public var value: Value {
    get async throws { try await awaitValue(site: nil) }
  }

  /// Waits for the value; see `value`.
  ///
  /// Snapshots show the line that calls it, which they cannot for `value`.
  public func awaitValue(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
  ) async throws -> Value {
    try await awaitValue(site: WaitSite(fileID, line, function))
  }

  /// Waits at `site`; a property cannot know who reads it.
  @inline(__always)
  private func awaitValue(site: WaitSite?) async throws -> Value {
    if try mustWait() {
      try await loop.wait(
        .future, detail: number, site: site, target: self
      ) { waiters.append($0) }
    }
    return try outcome()
  }

  @inline(never)
  private func mustWait() throws -> Bool {
    if loop.isRunningHere { return !isDone }
    if EventLoop.running != nil {
      throw RunnerError(
        .foreignLoop, "Future \(number) is attached to a different loop; await it there.")
    }
    try loop.checkRunningHere("RunnerFuture.value")
    return !isDone
  }

  /// The value or the error of a done future; mirrors `Future.result()`.
  ///
  /// - Throws: `RunnerError.invalidState` while it is pending, the future's error, or
  ///   `CancellationError`.
  @inline(never)
  public func outcome() throws -> Value {
    hasUnreadError = false
    switch state {
    case .pending: throw RunnerError(.invalidState, "Result is not set: the future is pending.")
    case .resolved, .failed, .cancelled: break
    }
    if let result { return result.pointee }
    throw failure ?? CancellationError()
  }

  /// The error of a done future, or `nil` when it has a value; mirrors `Future.exception()`.
  ///
  /// - Throws: `RunnerError.invalidState` while it is pending; `CancellationError` when it was
  ///   cancelled.
  public func error() throws -> (any Error)? {
    hasUnreadError = false
    switch state {
    case .pending: throw RunnerError(.invalidState, "Exception is not set: the future is pending.")
    case .resolved: return nil
    case .failed: return failure
    case .cancelled: throw CancellationError()
    }
  }

  /// Sets the value; mirrors `Future.set_result()`.
  ///
  /// - Throws: `RunnerError.invalidState` when the future is done.
  public func resolve(_ value: Value) throws {
    try checkPending()
    result = .kept(value)
    complete(.resolved)
  }

  /// Sets the error; mirrors `Future.set_exception()`.
  ///
  /// One that nobody ever looks at is told to the loop's exception handler when the future is
  /// released.
  ///
  /// - Throws: `RunnerError.invalidState` when the future is done.
  public func fail(_ error: any Error) throws {
    try checkPending()
    failure = error
    complete(.failed)
    hasUnreadError = true
  }

  /// Cancels a pending future; mirrors `Future.cancel()`.
  ///
  /// Returns false when it was done; an error that it has counts as looked at then.
  @discardableResult
  public func cancel() -> Bool {
    hasUnreadError = false
    if isDone { return false }
    complete(.cancelled)
    return true
  }

  /// Schedules `action` on the loop when the future is done, never at once; in order of the calls.
  ///
  /// What it throws is told to the loop's exception handler. Cancel the callback to take it out
  /// again. Mirrors `Future.add_done_callback()`.
  @discardableResult
  public func whenDone(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function,
    _ action: @escaping @Sendable () throws -> Void
  ) -> ScheduledCallback {
    let callback = loop.makeCallback(
      deadline: nil, place: WaitPlace(fileID, line, function),
      action: action)
    if isDone {
      loop.enqueueAnywhere(.callback(callback))
    } else {
      let cancelled = doneCallbacks.append(callback, hasWaiters: !waiters.isEmpty)
      _ = cancelled  // Released here, when the list is whole again.
    }
    return callback
  }

  @inline(__always)
  private func checkPending() throws {
    if isDone { throw RunnerError(.invalidState, "Invalid state: the future is done already.") }
  }

  @inline(__always)
  private func complete(_ newState: State) {
    state = newState
    if loop.isRunningHere, doneCallbacks.isEmpty { return waiters.drain { loop.wake($0) } }
    completeWithCallbacks()
  }

  @inline(never)
  private func completeWithCallbacks() {
    if loop.isRunningHere { return tellOfEnd() }
    loop.perform { [self] in tellOfEnd() }
  }

  private func tellOfEnd() {
    if doneCallbacks.isEmpty { return waiters.drain { loop.wake($0) } }
    let callbacks = doneCallbacks.takeAll()
    for callback in callbacks.early { loop.enqueue(.callback(callback)) }
    waiters.drain { loop.wake($0) }
    for callback in callbacks.late { loop.enqueue(.callback(callback)) }
  }
}

extension RunnerFuture: WaitTarget {
  func cancelFromWaiter(_ pass: CancellationPass) -> Bool { cancel() }

  func removeWaiter(_ waiter: Waiter) { waiters.remove(waiter) }
}

extension EventLoop {
  /// Makes a future of this loop; mirrors `loop.create_future()`.
  ///
  /// Snapshots show `label`: what it stands for.
  @inlinable
  public func makeFuture<Value: Sendable>(
    of type: Value.Type = Value.self, label: String = "", fileID: String = #fileID,
    line: Int = #line, function: String = #function
  ) -> RunnerFuture<Value> {
    RunnerFuture<Value>(
      loop: self, label: label, fileID: fileID, line: line, function: function)
  }

  /// Queues an entry from whatever thread.
  func enqueueAnywhere(_ entry: ReadyEntry) {
    if isRunningHere { enqueue(entry) } else { enqueueFromElsewhere(entry) }
  }
}
