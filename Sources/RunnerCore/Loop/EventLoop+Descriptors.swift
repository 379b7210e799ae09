extension EventLoop {
  /// Calls `action` whenever the descriptor has input; mirrors `loop.add_reader()`.
  ///
  /// Replaces an earlier reader of the descriptor. Must be called on the loop's thread.
  ///
  /// - Throws: `RunnerError` when the loop is closed or the system cannot watch the descriptor.
  public func addReader(_ descriptor: Int32, _ action: @escaping @Sendable () throws -> Void) throws
  {
    try change(descriptor) { $0.reader = .callback(.init(action)) }
  }

  /// Calls `action` whenever the descriptor has room for output; mirrors `loop.add_writer()`.
  ///
  /// Replaces an earlier writer of the descriptor. Must be called on the loop's thread.
  ///
  /// - Throws: `RunnerError` when the loop is closed or the system cannot watch the descriptor.
  public func addWriter(_ descriptor: Int32, _ action: @escaping @Sendable () throws -> Void) throws
  {
    try change(descriptor) { $0.writer = .callback(.init(action)) }
  }

  /// Watches the descriptor for input no more; mirrors `loop.remove_reader()`.
  ///
  /// Returns whether it did before.
  @discardableResult
  public func removeReader(_ descriptor: Int32) -> Bool {
    guard descriptors[descriptor].reader != nil else { return false }
    try? change(descriptor) { $0.reader = nil }
    return true
  }

  /// Watches the descriptor for room no more; mirrors `loop.remove_writer()`.
  ///
  /// Returns whether it did before.
  @discardableResult
  public func removeWriter(_ descriptor: Int32) -> Bool {
    guard descriptors[descriptor].writer != nil else { return false }
    try? change(descriptor) { $0.writer = nil }
    return true
  }

  /// Suspends the calling task until the descriptor has input, is at its end, or has failed.
  ///
  /// Must be called on the loop's thread.
  ///
  /// - Throws: `CancellationError`; `RunnerError` when the descriptor cannot be watched.
  public func waitUntilReadable(
    _ descriptor: Int32, fileID: StaticString = #fileID, line: UInt = #line,
    function: StaticString = #function
  ) async throws {
    try checkRunningHere("waitUntilReadable")
    try await wait(descriptor, \.reader, .readable, WaitSite(fileID, line, function))
  }

  /// Suspends the calling task until the descriptor has room for output or has failed.
  ///
  /// Must be called on the loop's thread.
  ///
  /// - Throws: `CancellationError`; `RunnerError` when the descriptor cannot be watched.
  public func waitUntilWritable(
    _ descriptor: Int32, fileID: StaticString = #fileID, line: UInt = #line,
    function: StaticString = #function
  ) async throws {
    try checkRunningHere("waitUntilWritable")
    try await wait(descriptor, \.writer, .writable, WaitSite(fileID, line, function))
  }

  /// - Throws: `RunnerError.noRunningLoop` unless the calling thread runs this loop.
  func checkRunningHere(_ call: String) throws {
    guard isRunningHere else {
      throw RunnerError(
        .noRunningLoop,
        "No running event loop: \(call) must be called by a task of the loop '\(name)'.")
    }
  }

  private func wait(
    _ descriptor: Int32, _ side: WritableKeyPath<DescriptorTable.Entry, DescriptorTable.Watcher?>,
    _ kind: WaitKind, _ site: WaitSite
  ) async throws {
    if descriptors[descriptor][keyPath: side] != nil {
      throw RunnerError(
        .invalidState,
        "Descriptor \(descriptor) is awaited already; one task at a time can wait for it.")
    }
    // Watched before the wait begins, so that a refusal is thrown and not waited for.
    try change(descriptor) { $0[keyPath: side] = .reserved(isWatching: true) }
    defer { try? change(descriptor) { $0[keyPath: side] = nil } }
    try await wait(kind, detail: UInt64(UInt32(bitPattern: descriptor)), site: site) { waiter in
      descriptors[descriptor][keyPath: side] = .waiter(waiter, generation: waiter.generation)
    }
  }

  private func change(_ descriptor: Int32, _ edit: (inout DescriptorTable.Entry) -> Void) throws {
    try checkOpen()
    let before = descriptors[descriptor]
    var after = before
    edit(&after)
    if after.watch != before.watch { try watch(descriptor, after.watch) }
    descriptors[descriptor] = after
  }

  private func watch(_ descriptor: Int32, _ watch: DescriptorTable.Watch) throws {
    switch watch {
    case .nothing: try selector.watch(descriptor, for: [])
    case .once(let interest): try selector.watchOnce(descriptor, for: interest)
    case .always(let interest): try selector.watch(descriptor, for: interest)
    }
  }

  func dispatch(_ event: DescriptorEvent) {
    var entry = descriptors[event.descriptor]
    let wasOnce = if case .once = entry.watch { true } else { false }
    if isInstrumented { instrumentation.waker = .descriptor(event.descriptor) }
    defer { if isInstrumented { instrumentation.waker = .outside } }
    if event.ready.contains(.readable) { notify(&entry.reader) }
    if event.ready.contains(.writable) { notify(&entry.writer) }
    // What tasks wait for is told once, on both sides: see to the other one again.
    if wasOnce {
      descriptors[event.descriptor] = entry
      if entry.watch != .nothing { try? watch(event.descriptor, entry.watch) }
    }
  }

  private func notify(_ watcher: inout DescriptorTable.Watcher?) {
    switch watcher {
    case .waiter(let waiter, let generation):
      if waiter.isParked(generation) { wake(waiter) }
      watcher = .reserved(isWatching: false)
    case .callback(let scheduled):
      ready.append(
        .callback(
          ScheduledCallback(
            deadline: nil, place: nil, sharing: scheduled.context, action: scheduled.action)))
    case .reserved, nil: break
    }
  }
}
