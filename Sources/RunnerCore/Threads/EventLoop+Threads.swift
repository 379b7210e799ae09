extension EventLoop {
  /// Executes blocking work on a thread of a pool, and suspends the calling task until it is done.
  ///
  /// Without a pool the work goes to the loop's default one.
  /// The work sees no context variables of the caller; `toThread` carries them over. A task that is
  /// cancelled while it waits gets `CancellationError` at once: work that no thread has begun is taken
  /// out, work that runs goes on and its result is dropped. While a task waits here, virtual time
  /// stands still. Must be called on the loop's thread. Mirrors `loop.run_in_executor()`.
  ///
  /// - Throws: what `work` throws; `CancellationError`; `RunnerError.closed` when the pool is closed or
  ///   the default one was shut down; `RunnerError.system` when no thread can be started.
  public func runInExecutor<Success: Sendable>(
    on pool: RunnerThreadPool? = nil, fileID: StaticString = #fileID, line: UInt = #line,
    function: StaticString = #function, _ work: sending @escaping () throws -> Success
  ) async throws -> Success {
    try checkRunningHere("runInExecutor")
    return try await call(
      work, on: pool, in: SharedRunnerContext(), site: WaitSite(fileID, line, function))
  }

  func call<Success: Sendable>(
    _ work: sending @escaping () throws -> Success, on given: RunnerThreadPool?,
    in context: SharedRunnerContext, site: WaitSite
  ) async throws -> Success {
    let pool = try given ?? defaultPool.withLock { try $0.use(byLoop: name) }
    nonisolated(unsafe) let work = work
    let call = ThreadCall(
      work, for: self, on: pool.workers, in: context, site: SourceSite(site))
    try pool.workers.submit(call)
    threadWaits += 1
    let entry = threadCalls.begin(call, on: pool.workers)
    defer {
      threadWaits -= 1
      threadCalls.end(entry)
    }
    try await wait(.executor, detail: pool.number, site: site, target: call) { call.addWaiter($0) }
    return try call.value()
  }

  /// The pool for work that names none; made at its first use.
  ///
  /// Set it to use one of your own, which `close` shuts down like any other; an earlier one goes on
  /// with what it has. May be used from any thread. Mirrors `loop.set_default_executor()`.
  public var defaultExecutor: RunnerThreadPool? {
    get { defaultPool.ifMade { $0.pool } ?? nil }
    set {
      let earlier = defaultPool.withLock { $0.replace(with: newValue) }
      _ = earlier  // Released here, outside of the lock.
    }
  }

  // MARK: Shutting down

  /// Lets the default pool take no more work, and waits until its threads have ended.
  ///
  /// The loop goes on meanwhile. Past `timeout`, on the loop's clock, the exception handler is told and
  /// the call returns; `nil` waits without limit.
  /// A pool that was never used is not made for this. Calling it again is fine. Must be called on the
  /// loop's thread; `Runner.close` does it by itself. Mirrors `loop.shutdown_default_executor()`.
  ///
  /// - Throws: `CancellationError`; the pool stays shut down then.
  public func shutdownDefaultExecutor(
    timeout: Duration? = nil, fileID: StaticString = #fileID, line: UInt = #line,
    function: StaticString = #function
  ) async throws {
    try checkRunningHere("shutdownDefaultExecutor")
    guard let pool = defaultPool.withLock({ $0.shutDown() }) else { return }
    let end = ThreadsEnd()
    let callback = makeCallback(deadline: nil, place: nil) { end.tellWaiters() }
    let deadline = timeout.map { now.advanced(by: $0).nanoseconds }
    pool.workers.shutDown { [weak self] in self?.enqueueAnywhere(.callback(callback)) }
    threadWaits += 1
    defer { threadWaits -= 1 }
    try await wait(
      .executor, detail: pool.number, site: WaitSite(fileID, line, function), target: end
    ) { waiter in
      end.addWaiter(waiter)
      guard let deadline else { return }
      addTimer(.waiter(waiter, generation: waiter.generation), at: deadline)
    }
    callback.cancel()
    if pool.workers.haveEnded {
      pool.workers.join()
    } else if let timeout {
      reportUnfinished(pool, after: timeout)
    }
  }

  /// The same for `close`, which turns the loop itself; returns the jobs that were left.
  func joinDefaultPool(until deadline: LoopInstant, limit: Duration) throws -> [ThreadJobSnapshot] {
    guard let pool = defaultPool.withLock({ $0.shutDown() }) else { return [] }
    pool.workers.shutDown { [weak self] in self?.nudge() }
    threadWaits += 1
    defer { threadWaits -= 1 }
    while !pool.workers.haveEnded, now < deadline {
      isStopping = false
      try turn()
      try handleInterrupts()
    }
    if pool.workers.haveEnded {
      pool.workers.join()
      return []
    }
    reportUnfinished(pool, after: limit)
    return pool.workers.unfinishedJobs()
  }

  /// Lets the default pool go without waiting; for the end of the loop.
  func abandonDefaultPool() {
    guard let pool = defaultPool.ifMade({ $0.shutDown() }) ?? nil else { return }
    pool.workers.shutDown {}
    pool.workers.detach()
  }

  private func reportUnfinished(_ pool: RunnerThreadPool, after limit: Duration) {
    let seconds = limit.inSeconds
    let number = seconds == seconds.rounded() ? "\(Int64(seconds))" : "\(seconds)"
    var report = LoopReport(
      message: "The executor did not finish joining its threads within \(number) seconds.")
    report.details["pool"] = pool.name
    report.details["jobs"] = pool.workers.unfinishedJobs().map(\.description)
      .joined(separator: "\n")
    self.report(report)
  }
}

/// The end of a pool's threads, which tasks of one loop wait for.
private final class ThreadsEnd: WaitTarget, @unchecked Sendable {
  private var waiters = WaiterList()

  func addWaiter(_ waiter: Waiter) { waiters.append(waiter) }

  func tellWaiters() {
    guard let loop = EventLoop.running else { return }
    waiters.drain { loop.wake($0) }
  }

  func cancelFromWaiter(_ pass: CancellationPass) -> Bool { false }

  func removeWaiter(_ waiter: Waiter) { waiters.remove(waiter) }
}
