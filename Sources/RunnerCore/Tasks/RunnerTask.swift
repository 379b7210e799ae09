/// A coroutine that a loop runs and that returns a `Success`; mirrors `asyncio.Task`.
///
/// Made by `EventLoop.makeTask` and `Runner.run`.
public final class RunnerTask<Success: Sendable>: AnyRunnerTask, @unchecked Sendable {
  private var result: Result<Success, any Error>?

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
  private func awaitValue(site: WaitSite?) async throws -> Success {
    if !isDone {
      if loop.isRunningHere {
        if AnyRunnerTask.current === self {
          throw RunnerError(.selfAwait, "Task \(id) (\(name)) cannot await itself.")
        }
        try await loop.wait(
          .task, detail: id.number, site: site, target: self
        ) { addWaiter($0) }
      } else {
        if EventLoop.running != nil, !loop.isClosed {
          throw RunnerError(
            .foreignLoop, "Task \(id) (\(name)) is attached to a different loop; await it there.")
        }
        await waitFromElsewhere()
      }
    }
    return try outcome()
  }

  /// The value or the error of an ended task; mirrors `Task.result()`.
  ///
  /// May be called from any thread.
  ///
  /// - Throws: `RunnerError.invalidState` while the task lives, `RunnerError.closed` when it never will
  ///   end because its loop is closed, the task's own error when it failed, `CancellationError` when it
  ///   was cancelled.
  public func outcome() throws -> Success {
    guard isDone, let result else { throw notEnded("Result") }
    markRead()
    return try result.get()
  }

  /// Runs the body to its end; the one thing that the Swift task does.
  func execute(_ body: () async throws -> Success) async {
    loop.beginFirstStep(of: self)
    var result: Result<Success, any Error>
    if mustCancel {
      mustCancel = false
      result = .failure(CancellationError())
    } else {
      do {
        result = .success(try await body())
      } catch {
        result = .failure(error)
      }
    }
    loop.returnToOwner(self)
    // Cancelled during its last step: nothing was left to deliver it to, so the end is the delivery.
    // After a scope there is: its caller goes on.
    if scopeOwner == nil, case .success = result, loop.takeInterrupt(for: self) || mustCancel {
      mustCancel = false
      result = .failure(CancellationError())
    }
    self.result = result
    switch result {
    case .success(let value):
      // A tool's coroutine returns its value as text, to be shown when somebody looks.
      finish(.returned(Success.self == ValueSnapshot?.self ? value as? ValueSnapshot : nil))
    case .failure(let error) where error is CancellationError: finish(.cancelled)
    case .failure(let error):
      finish(.failed(error))
      if let interrupt = error as? RunnerInterrupted, scopeOwner == nil {
        loop.leave(with: interrupt)
      }
    }
  }

  /// Waits on a thread or task that is not the loop's.
  private func waitFromElsewhere() async {
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
      loop.registry.observeEnd(of: self) { continuation.resume() }
    }
  }
}
