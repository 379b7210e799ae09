private import CRunnerRuntime

/// Swift's main queue: `@MainActor` code and `DispatchQueue.main`.
///
/// While a loop runs on the main thread nobody else can serve that queue, so the loop does: before each
/// poll, and whenever the queue's descriptor ends a wait. The look costs no system call; the descriptor
/// is watched only by a loop that has to block. Where libdispatch is missing nothing happens.
extension EventLoop {
  /// Called when a thread begins to run the loop.
  func beginServingMainQueue() {
    servesMainQueue = runner_is_main_thread() && runner_main_queue_is_available()
    if !servesMainQueue, mainQueueDescriptor >= 0 {
      try? selector.watch(mainQueueDescriptor, for: [])
      mainQueueDescriptor = -1
    }
  }

  /// Executes what is in the queue.
  ///
  /// - Throws: the `RunnerInterrupted` that a task which has gone there has thrown.
  func serveMainQueue() throws {
    isServingMainQueue = true
    runner_main_queue_drain()
    isServingMainQueue = current != nil || !successors.isEmpty
    if isServingMainQueue { settleAfterMainQueue() }
    currentJob = 0
    hasRequeuedItself = false
    if isDebugging { watchedTask = nil }
    if hasDeparture { try depart() }
  }

  @inline(never)
  private func settleAfterMainQueue() {
    settleCurrent()
    while !successors.isEmpty {
      resume(successors.removeFirst())
      settleCurrent()
    }
    isServingMainQueue = false
  }

  /// Lets work that comes to the queue end a wait.
  func watchMainQueue() throws {
    let descriptor = runner_main_queue_descriptor()
    try selector.watch(descriptor, for: .readable)
    mainQueueDescriptor = descriptor
  }

  /// Called when the descriptor has input.
  func answerMainQueue() throws {
    runner_eventfd_clear(mainQueueDescriptor)
    try serveMainQueue()
  }
}
