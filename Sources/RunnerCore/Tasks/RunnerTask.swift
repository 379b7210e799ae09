/// A coroutine that a loop runs and that returns a `Success`; mirrors `asyncio.Task`.
///
/// Made by `EventLoop.makeTask` and `Runner.run`.
public final class RunnerTask<Success: Sendable>: AnyRunnerTask, @unchecked Sendable {
  /// Where its body puts what it returns.
  @exclusivity(unchecked) private var place: UnsafeMutablePointer<Success>?
  /// Whether it has returned something.
  @exclusivity(unchecked) private var hasReturned = false

  deinit { if hasReturned { place?.forget() } }

  /// The value the task returned; waits for its end.
  ///
  /// A task that has ended already does not suspend the caller; otherwise the caller resumes in the
  /// iteration after the one in which the task ends. A task of the same loop that is cancelled while
  /// it waits passes the request on to this one. May be awaited by tasks of the same loop, and by a plain
  /// Swift task that no loop runs.
  ///
  /// - Throws: the error that the task threw; `CancellationError` when it was cancelled;
  ///   `RunnerError.selfAwait` when a task awaits itself, `RunnerError.foreignLoop` when a task of
  ///   another loop awaits one that has not ended, `RunnerError.closed` when it never will end because
  ///   its loop is closed.
  public var value: Success {
    get async throws { try await awaitValue(site: nil) }
  }

  /// Waits for the task's end and returns its value; see `value`.
  ///
  /// Snapshots show the line that calls it, which they cannot for `value`.
  public func awaitValue(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
  ) async throws -> Success {
    try await awaitValue(site: WaitSite(fileID, line, function))
  }

  /// Waits at `site`; a property cannot know who reads it.
  ///
  /// Part of its callers: a function of its own would be a frame more, in memory as well.
  @inline(__always)
  private func awaitValue(site: WaitSite?) async throws -> Success {
    if try mustWaitHere() {
      try await loop.wait(.task, detail: id.number, site: site, target: self) { addWaiter($0) }
    } else if !isDone {
      await waitFromElsewhere()
    }
    return try outcome()
  }

  /// Whether the task lives and its loop is that of the caller.
  @inline(never)
  private func mustWaitHere() throws -> Bool {
    if isDone { return false }
    if loop.isRunningHere {
      let isOwn =
        loop.callingTask.map { caller in
          caller._withUnsafeGuaranteedRef { $0.isHidden ? $0.acting === self : $0 === self }
        } ?? (AnyRunnerTask.current === self)
      if isOwn { throw RunnerError(.selfAwait, "Task \(id) (\(name)) cannot await itself.") }
      return true
    }
    if EventLoop.running != nil, !loop.isClosed {
      throw RunnerError(
        .foreignLoop, "Task \(id) (\(name)) is attached to a different loop; await it there.")
    }
    return false
  }

  /// The value or the error of an ended task; mirrors `Task.result()`.
  ///
  /// May be called from any thread.
  ///
  /// - Throws: `RunnerError.invalidState` while the task lives, `RunnerError.closed` when it never will
  ///   end because its loop is closed, the task's own error when it failed, `CancellationError` when it
  ///   was cancelled.
  @inline(never)
  public func outcome() throws -> Success {
    guard isDone else { throw notEnded("Result") }
    markRead()
    if hasReturned, let place { return place.pointee }
    throw failure ?? CancellationError()
  }

  /// Says what the Swift task shall run; before it is made.
  func prepare(_ body: sending @escaping () async throws -> Success) {
    self.body = TaskBody(body).words
  }

  override func placeForResult() -> UnsafeMutableRawPointer {
    let place = UnsafeMutablePointer<Success>.place()
    self.place = place
    return UnsafeMutableRawPointer(place)
  }

  override func dropPlace() {
    place?.dropPlace()
    place = nil
  }

  override func endReturning() {
    loop.returnToOwner(self)
    // Cancelled during its last step: nothing was left to deliver it to, so the end is the delivery.
    // After a scope there is: its caller goes on.
    if scopeOwner == nil, loop.takeInterrupt(for: self) || mustCancel {
      mustCancel = false
      place?.forget()
      place = nil
      return finish(.cancelled)
    }
    hasReturned = true
    // A tool's coroutine returns its value as text, to be shown when somebody looks.
    finish(.returned(Success.self == ValueSnapshot?.self ? place?.pointee as? ValueSnapshot : nil))
  }

  /// Waits on a thread or task that is not the loop's.
  @inline(never)
  private func waitFromElsewhere() async {
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
      loop.registry.observeEnd(of: self) { continuation.resume() }
    }
  }
}
