/// Hands items from tasks that make them to tasks that use them; mirrors `asyncio.Queue`,
/// `asyncio.LifoQueue` and `asyncio.PriorityQueue`.
///
///     let jobs = RunnerQueue<Job>(order: .priority, maxSize: 100, label: "jobs")
///     try await jobs.put(job)            // waits while the queue is full
///     let next = try await jobs.get()    // waits while it is empty
///
/// Who waits first is served first. No item is lost or given twice when a task is cancelled: one that
/// ends with `CancellationError` has neither put nor got its item. The queue is bound to the loop of the
/// first task that awaits it. Use it on that loop's thread, or while no thread runs the loop; from
/// elsewhere use `scheduleThreadSafe`.
public final class RunnerQueue<Element: Sendable>: @unchecked Sendable {
  // Without checks for overlapping access, as in `EventLoop`.
  @exclusivity(unchecked) private var object: SharedObject
  @exclusivity(unchecked) private var state: QueueState
  @exclusivity(unchecked) private var items: QueueItems<Element>

  /// Creates an empty queue.
  ///
  /// - Parameters:
  ///   - order: in which order the items leave it.
  ///   - maxSize: how many items it holds at most; zero or less sets no limit.
  ///   - label: what it stands for, as snapshots show it.
  public init(order: Order = .firstInFirstOut, maxSize: Int = 0, label: String = "") {
    object = SharedObject("Queue", label: label)
    state = QueueState(maxSize: maxSize)
    items = order.items
  }

  /// A number that names the queue in snapshots.
  public var number: UInt64 { object.number }

  /// What the queue stands for, as snapshots show it.
  public var label: String { object.label }

  /// How many items it holds at most; zero or less: no limit.
  ///
  /// Mirrors `Queue.maxsize`.
  public var maxSize: Int { state.maxSize }

  /// How many items are in it; mirrors `Queue.qsize()`.
  public var count: Int { state.count }

  /// Whether no item is in it; mirrors `Queue.empty()`.
  public var isEmpty: Bool { state.isEmpty }

  /// Whether it holds `maxSize` items; mirrors `Queue.full()`.
  public var isFull: Bool { state.isFull }

  /// Whether `shutdown(immediate:)` was called.
  public var isShutDown: Bool { state.isShutDown }

  // MARK: Putting

  /// Puts an item into the queue, as soon as there is room; mirrors `Queue.put()`.
  ///
  /// - Throws: `RunnerQueueError` with the reason `shutDown` when the queue is shut down, also
  ///   meanwhile; `CancellationError` when the task is cancelled while it waits; `RunnerError` outside
  ///   of a runner's task or in a task of another loop.
  public func put(
    _ item: Element, fileID: StaticString = #fileID, line: UInt = #line,
    function: StaticString = #function
  ) async throws {
    let loop = try object.bind("put(_:)")
    while isFull {
      if isShutDown { throw error(.shutDown) }
      let ended = await loop.waitInLine(
        .queueSpace, for: object.number, site: WaitSite(fileID, line, function)
      ) { state.appendPutter($0) }
      object.wake(state.resumePutter(ended))
      if ended.wasInterrupted { throw CancellationError() }
    }
    try putNow(item)
  }

  /// Puts an item into the queue if there is room; mirrors `Queue.put_nowait()`.
  ///
  /// - Throws: `RunnerQueueError` with the reason `full` or `shutDown`; `RunnerError.foreignLoop` in a
  ///   task of another loop.
  public func putNow(_ item: Element) throws {
    try object.checkLoop()
    if let reason = state.refusal { throw error(reason) }
    items.append(item)
    object.wake(state.put())
  }

  // MARK: Getting

  /// Takes the next item, as soon as there is one; mirrors `Queue.get()`.
  ///
  /// - Throws: `RunnerQueueError` with the reason `shutDown` when the queue is shut down and empty, also
  ///   meanwhile; `CancellationError` when the task is cancelled while it waits; `RunnerError` outside
  ///   of a runner's task or in a task of another loop.
  public func get(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
  ) async throws -> Element {
    let loop = try object.bind("get()")
    while isEmpty {
      if isShutDown { throw error(.shutDown) }
      let ended = await loop.waitInLine(
        .queueItem, for: object.number, site: WaitSite(fileID, line, function)
      ) { state.appendGetter($0) }
      object.wake(state.resumeGetter(ended))
      if ended.wasInterrupted { throw CancellationError() }
    }
    return try getNow()
  }

  /// Takes the next item if there is one; mirrors `Queue.get_nowait()`.
  ///
  /// - Throws: `RunnerQueueError` with the reason `empty` or `shutDown`; `RunnerError.foreignLoop` in a
  ///   task of another loop.
  public func getNow() throws -> Element {
    try object.checkLoop()
    if isEmpty { throw error(isShutDown ? .shutDown : .empty) }
    object.wake(state.get())
    return items.next()
  }

  // MARK: Work on the items

  /// Says that the work on an item that was taken is done; mirrors `Queue.task_done()`.
  ///
  /// - Throws: `RunnerError.invalidState` when it is called more often than items were put;
  ///   `RunnerError.foreignLoop` in a task of another loop.
  public func taskDone() throws {
    try object.checkLoop()
    guard let woken = state.finishOne() else {
      throw RunnerError(
        .invalidState,
        "taskDone() of \(object.title) was called too many times; call it once for each item.")
    }
    object.wake(woken)
  }

  /// Waits until all items have been taken and are done; mirrors `Queue.join()`.
  ///
  /// Does not suspend when nothing is left to be done.
  ///
  /// - Throws: `CancellationError` when the task is cancelled while it waits; `RunnerError` outside of a
  ///   runner's task or in a task of another loop.
  public func join(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
  ) async throws {
    let loop = try object.bind("join()")
    if state.unfinished == 0 { return }
    let ended = await loop.waitInLine(
      .queueJoin, for: object.number, site: WaitSite(fileID, line, function)
    ) { state.appendJoiner($0) }
    state.resumeJoiner(ended)
    if ended.wasInterrupted { throw CancellationError() }
  }

  /// Ends the queue: it takes no more items, and gives out only those that are in it; mirrors
  /// `Queue.shutdown()`.
  ///
  /// All that wait to put get an error with the reason `shutDown`, and so do those that wait for an item
  /// and find none.
  ///
  /// - Parameter immediate: whether to drop the items too; each counts as done.
  public func shutdown(immediate: Bool = false) {
    let (woken, dropped) = state.shutDown(immediate: immediate)
    object.wake(woken)
    // Released here, when the queue is whole again.
    for _ in 0..<dropped { _ = items.next() }
  }

  private func error(_ reason: RunnerQueueError.Reason) -> RunnerQueueError {
    let message =
      switch reason {
      case .empty: "\(object.title) is empty; await get() for the next item."
      case .full: "\(object.title) is full, its maxSize is \(maxSize); await put(_:) for room."
      case .shutDown: "\(object.title) has been shut down; end the work on it."
      }
    return RunnerQueueError(reason: reason, message: message)
  }
}

extension RunnerQueue: CustomStringConvertible {
  /// The queue in one line: number, label, how many items it holds, how many wait and for what.
  ///
  /// Mirrors `repr(queue)`; the items are not described.
  public var description: String {
    var parts = [count == 1 ? "1 item" : "\(count) items"]
    if maxSize > 0 { parts[0] += " of at most \(maxSize)" }
    if state.getters.unwokenCount > 0 { parts.append("\(state.getters.unwokenCount) getting") }
    if state.putters.unwokenCount > 0 { parts.append("\(state.putters.unwokenCount) putting") }
    if state.unfinished > 0 { parts.append("\(state.unfinished) unfinished") }
    if isShutDown { parts.append("shut down") }
    return "<\(object.title) \(parts.joined(separator: ", "))>"
  }
}
