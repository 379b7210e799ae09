/// Suspends the calling task for some seconds of its loop's clock; mirrors `asyncio.sleep()`.
///
/// Zero or less gives way for exactly one iteration of the loop; fractions are kept to the
/// nanosecond. Must be called by a task of a running loop.
///
/// - Throws: `CancellationError` when the task is cancelled; `RunnerError` when `seconds` is no
///   number or when no loop runs in this thread.
public func sleep(
  _ seconds: Double, fileID: StaticString = #fileID, line: UInt = #line,
  function: StaticString = #function
) async throws {
  let (loop, deadline) = try deadline(ofSeconds: seconds)
  try await loop.wait(
    deadline == nil ? .nextIteration : .timer, detail: UInt64(bitPattern: deadline ?? 0),
    site: WaitSite(fileID, line, function)
  ) { begin($0, until: deadline, on: loop) }
}

/// Suspends the calling task for a time of its loop's clock; mirrors `asyncio.sleep()`.
///
/// Zero or less gives way for exactly one iteration of the loop. Must be called by a task of a
/// running loop.
///
/// - Throws: `CancellationError` when the task is cancelled; `RunnerError` when no loop runs in this
///   thread.
public func sleep(
  for duration: Duration, fileID: StaticString = #fileID, line: UInt = #line,
  function: StaticString = #function
) async throws {
  let (loop, deadline) = try deadline(of: duration)
  try await loop.wait(
    deadline == nil ? .nextIteration : .timer, detail: UInt64(bitPattern: deadline ?? 0),
    site: WaitSite(fileID, line, function)
  ) { begin($0, until: deadline, on: loop) }
}

/// The same for a number of seconds.
@inline(never)
private func deadline(ofSeconds seconds: Double) throws -> (EventLoop, Int64?) {
  guard !seconds.isNaN else {
    throw RunnerError(.invalidArgument, "Invalid delay: NaN (not a number of seconds).")
  }
  // 292 years: what a loop's clock can count.
  return try deadline(of: seconds > 0 ? .seconds(min(seconds, 9_000_000_000)) : .zero)
}

/// The loop that runs here and the moment when such a sleep is over; `nil` for the next iteration.
@inline(never)
private func deadline(of duration: Duration) throws -> (EventLoop, Int64?) {
  guard let loop = EventLoop.running else {
    throw RunnerError(
      .noRunningLoop,
      "No running event loop: sleep must be called by a task of a runner; elsewhere use Task.sleep."
    )
  }
  return (loop, duration <= .zero ? nil : loop.now.advanced(by: duration).nanoseconds)
}

private func begin(_ waiter: Waiter, until deadline: Int64?, on loop: EventLoop) {
  guard let deadline else { return loop.wake(waiter) }
  loop.addTimer(.waiter(waiter, generation: waiter.generation), at: deadline)
}
