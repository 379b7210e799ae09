internal import CRunnerRuntime

/// The full tier: by the runtime's private layout, once it is proven.
extension RuntimeReader {
  /// The greatest numbers that one answer holds.
  private static let childLimit = 1 << 20
  private static let localLimit = 512

  func readByLayout(
    at address: UInt, access: MemoryAccess, withFrames: Bool
  ) -> RuntimeTask? {
    // Most tasks have few children; a task with more is read again with room for them.
    var room = 32
    while true {
      let (task, count) = withUnsafeTemporaryAllocation(of: UInt.self, capacity: room) {
        readOnce(at: address, access: access, withFrames: withFrames, children: $0)
      }
      guard var task else { return nil }
      if count <= room { return task }
      guard room < Self.childLimit else {
        task.isWhole = false
        return task
      }
      // A few more than there are now: others may be born meanwhile.
      room = min(count + count / 8 + 32, Self.childLimit)
    }
  }

  private func readOnce(
    at address: UInt, access: MemoryAccess, withFrames: Bool,
    children: UnsafeMutableBufferPointer<UInt>
  ) -> (RuntimeTask?, count: Int) {
    withUnsafeTemporaryAllocation(of: runner_task_record.self, capacity: 1) { buffer in
      guard let record = buffer.baseAddress else { return (nil, 0) }
      let isTask = withUnsafePointer(to: layout) {
        runner_task_read(
          $0, access.memory, address, withFrames, record, children.baseAddress,
          UInt32(children.count))
      }
      guard isTask else { return (nil, 0) }
      let count = Int(record.pointee.child_count)
      var task = RuntimeTask(record, at: address)
      task.children = Array(children.prefix(count))
      return (task, count)
    }
  }

  func readLocals(at address: UInt, access: MemoryAccess) -> [RuntimeLocal] {
    withUnsafeTemporaryAllocation(
      of: runner_task_local.self, capacity: Self.localLimit
    ) { buffer in
      guard let start = buffer.baseAddress else { return [] }
      let count = withUnsafePointer(to: layout) {
        runner_task_read_locals($0, access.memory, address, start, UInt32(buffer.count))
      }
      var seen: Set<UInt> = []
      return buffer.prefix(Int(count)).filter { seen.insert($0.key).inserted }.map {
        RuntimeLocal($0, describing: access == .direct)
      }
    }
  }
}

extension RuntimeTask {
  fileprivate init(_ pointer: UnsafeMutablePointer<runner_task_record>, at address: UInt) {
    let flags = pointer.pointee.status_flags
    let job = pointer.pointee.job_flags
    func has(_ flag: some BinaryInteger, in word: UInt32) -> Bool { word & UInt32(flag) != 0 }

    self.init(
      address: address, id: pointer.pointee.id,
      isCancelled: has(runner_task_cancelled, in: flags),
      priority: UInt8(truncatingIfNeeded: flags), basePriority: pointer.pointee.base_priority)
    kind =
      has(runner_job_async_let, in: job)
      ? .asyncLet : has(runner_job_group_child, in: job) ? .groupChild : .task
    state =
      has(runner_task_complete, in: flags)
      ? .complete
      : has(runner_task_running, in: flags)
        ? .running : has(runner_task_enqueued, in: flags) ? .enqueued : .suspended
    if pointer.pointee.has_name {
      let count = Int(pointer.pointee.name_length)
      name = withUnsafeBytes(of: &pointer.pointee.name) { bytes in
        guard count == bytes.count else {
          return String(decoding: bytes.prefix(count), as: UTF8.self)
        }
        // Cut, and perhaps inside of a character.
        let start = bytes.dropLast(3).lastIndex { $0 & 0xc0 != 0x80 } ?? count
        return String(decoding: bytes.prefix(start), as: UTF8.self) + "…"
      }
    }
    if pointer.pointee.parent != 0 { parent = pointer.pointee.parent }
    if pointer.pointee.group != 0 { group = pointer.pointee.group }
    dependency = Dependency(pointer.pointee.dependency_kind, pointer.pointee.dependency)
    if dependency == .executor(ParkingExecutor.address) {
      // It waits for something of the library's, which says itself what.
      (state, dependency) = (state == .enqueued ? .suspended : state, nil)
    }
    cancellationHandlers = Int(pointer.pointee.cancellation_handlers)
    if pointer.pointee.preferred_executor != 0 {
      preferredExecutor = pointer.pointee.preferred_executor
    }
    isWhole = !pointer.pointee.is_cut && !pointer.pointee.is_torn
    let count = Int(pointer.pointee.frame_count)
    if count > 0 {
      frames = withUnsafeBytes(of: &pointer.pointee.frames) {
        Array($0.bindMemory(to: UInt.self).prefix(count))
      }
    }
  }
}

extension RuntimeTask.Dependency {
  fileprivate init?(_ kind: UInt32, _ object: UInt) {
    switch kind {
    case runner_dependency_task.rawValue: self = .task(object)
    case runner_dependency_continuation.rawValue: self = .continuation(object)
    case runner_dependency_group.rawValue: self = .group(object)
    case runner_dependency_executor.rawValue: self = .executor(object)
    default: return nil
    }
  }
}
