/// A coroutine that another thread has given to a loop, for a thread without any; mirrors
/// `concurrent.futures.Future`.
///
/// Made by `EventLoop.submit`. May be used from any thread.
public final class RunnerSubmission<Success: Sendable>: Sendable {
  /// The task that runs it.
  public let task: RunnerTask<Success>

  private let end = Latch()

  init(_ task: RunnerTask<Success>) {
    self.task = task
    task.loop.registry.observeEnd(of: task) { [end] in end.open() }
  }

  /// Whether the coroutine has ended.
  public var isDone: Bool { task.isDone }

  /// Requests that the coroutine be cancelled; mirrors `Future.cancel()`.
  ///
  /// It may clean up, or catch the request and go on; `result` tells what became of it.
  ///
  /// - Returns: false when it had ended already.
  @discardableResult
  public func cancel(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
  ) -> Bool {
    task.cancel(fileID: fileID, line: line, function: function)
  }

  /// Blocks the calling thread until the coroutine has ended and returns its value; mirrors
  /// `Future.result()`.
  ///
  /// Somebody must run the loop meanwhile. `timeout` is in real time; `nil` waits without limit. The
  /// coroutine goes on when the time is over.
  ///
  /// - Throws: what the coroutine throws; `CancellationError` when it was cancelled;
  ///   `RunnerTimeoutError` when the time was over first; `RunnerError.wrongThread` on the loop's own
  ///   thread, which would wait for itself; `RunnerError.closed` when the loop was closed first.
  public func result(timeout: Duration? = nil) throws -> Success {
    if !task.isDone {
      if task.loop.isRunningHere {
        throw RunnerError(
          .wrongThread,
          "The loop '\(task.loop.name)' would wait for itself: task \(task.id) (\(task.name)) runs on"
            + " this thread; await its value instead.")
      }
      let isOver = end.wait(limit: timeout)
      guard isOver || task.isDone else { throw RunnerTimeoutError(limit: timeout ?? .zero) }
      guard task.isDone else {
        throw RunnerError(
          .closed,
          "Event loop is closed: task \(task.id) (\(task.name)) of '\(task.loop.name)' never ended."
        )
      }
    }
    return try task.outcome()
  }
}

extension EventLoop {
  /// Gives the loop a coroutine from another thread, which can block until it has ended; mirrors
  /// `asyncio.run_coroutine_threadsafe()`.
  ///
  /// A thread that is in Swift's concurrency itself should use `makeTask` and await the value. May be
  /// called from any thread.
  ///
  ///     let submission = try loop.submit { try await fetch() }
  ///     let page = try submission.result(timeout: .seconds(10))
  ///
  /// - Throws: `RunnerError.closed` when the loop is closed.
  public func submit<Success: Sendable>(
    named name: String? = nil, fileID: String = #fileID, line: Int = #line,
    function: String = #function, _ body: sending @escaping () async throws -> Success
  ) throws -> RunnerSubmission<Success> {
    RunnerSubmission(
      try makeTask(
        named: name, eagerStart: false, fileID: fileID, line: line, function: function, body))
  }
}
