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

  private enum State {
    case pending
    case done(Result<Value, any Error>)
    case cancelled
  }

  private var state = State.pending
  private var waiters = WaiterList()
  private var doneCallbacks: [ScheduledCallback] = []

  init(loop: EventLoop, label: String) {
    self.loop = loop
    self.label = label
    number = ObjectNumber.next(label: label)
  }

  deinit { ObjectNumber.forget(number) }

  /// Whether the future has its value or its error, or was cancelled.
  public var isDone: Bool { if case .pending = state { false } else { true } }

  /// Whether the future was cancelled.
  public var isCancelled: Bool { if case .cancelled = state { true } else { false } }

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
  private func awaitValue(site: WaitSite?) async throws -> Value {
    if let running = EventLoop.running, running !== loop {
      throw RunnerError(
        .foreignLoop, "Future \(number) is attached to a different loop; await it there.")
    }
    try loop.checkRunningHere("RunnerFuture.value")
    if !isDone {
      try await loop.wait(
        .future, detail: number, site: site, target: self
      ) { waiters.append($0) }
    }
    return try outcome()
  }

  /// The value or the error of a done future; mirrors `Future.result()`.
  ///
  /// - Throws: `RunnerError.invalidState` while it is pending, the future's error, or
  ///   `CancellationError`.
  public func outcome() throws -> Value {
    switch state {
    case .pending: throw RunnerError(.invalidState, "Result is not set: the future is pending.")
    case .done(let result): return try result.get()
    case .cancelled: throw CancellationError()
    }
  }

  /// Sets the value; mirrors `Future.set_result()`.
  ///
  /// - Throws: `RunnerError.invalidState` when the future is done.
  public func resolve(_ value: Value) throws { try complete(.done(.success(value))) }

  /// Sets the error; mirrors `Future.set_exception()`.
  ///
  /// - Throws: `RunnerError.invalidState` when the future is done.
  public func fail(_ error: any Error) throws { try complete(.done(.failure(error))) }

  /// Cancels a pending future; mirrors `Future.cancel()`.
  ///
  /// Returns false when it was done.
  @discardableResult
  public func cancel() -> Bool {
    if isDone { return false }
    return (try? complete(.cancelled)) != nil
  }

  /// Schedules `action` on the loop when the future is done, never at once; in order of the calls.
  ///
  /// Mirrors `Future.add_done_callback()`.
  public func whenDone(_ action: @escaping @Sendable () -> Void) {
    let callback = loop.makeCallback(deadline: nil, site: nil, action: action)
    if isDone { loop.enqueueAnywhere(.callback(callback)) } else { doneCallbacks.append(callback) }
  }

  private func complete(_ newState: State) throws {
    guard !isDone else {
      throw RunnerError(.invalidState, "Invalid state: the future is done already.")
    }
    state = newState
    loop.perform { [self] in
      waiters.drain { loop.wake($0) }
      for callback in doneCallbacks { loop.enqueue(.callback(callback)) }
      doneCallbacks = []
    }
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
  public func makeFuture<Value: Sendable>(
    of type: Value.Type = Value.self, label: String = ""
  ) -> RunnerFuture<Value> {
    RunnerFuture(loop: self, label: label)
  }

  /// Queues an entry from whatever thread.
  func enqueueAnywhere(_ entry: ReadyEntry) {
    if isRunningHere { enqueue(entry) } else { enqueueFromElsewhere(entry) }
  }
}
