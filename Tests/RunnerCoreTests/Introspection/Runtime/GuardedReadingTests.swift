import Glibc
import Synchronization
import Testing

import CRunnerRuntime
@testable import RunnerCore

/// Whatever lies at an address: an answer, never a crash, and in bounded time.
@Suite(.timeLimit(.minutes(2))) struct GuardedReadingTests {
  private let reader = RuntimeReader.shared

  private func isTask(_ address: UInt) -> Bool {
    _ = reader.locals(at: address)
    return reader.task(at: address) != nil
  }

  @Test func `random addresses are no tasks`() {
    var random = SeededGenerator(seed: 1)
    let heap = UInt(bitPattern: malloc(64))
    var stack = 0
    let near = withUnsafePointer(to: &stack) { UInt(bitPattern: $0) }
    for _ in 0..<5000 {
      let offset = UInt.random(in: 0..<(1 << 20), using: &random) & ~7
      for address in [
        UInt.random(in: 0...UInt.max, using: &random) | 1 << 63, offset, UInt.max - offset,
        UInt.max,
      ] { #expect(!isTask(address)) }
      // What lies here may be a task: the test's own one is near.
      for address in [heap &+ offset, heap &- offset, near &- offset] { _ = isTask(address) }
    }
  }

  @Test func `memory that is not there, or ends within a task, is no task`() throws {
    let page = 4096
    let pages = try #require(
      mmap(nil, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
    munmap(pages + page, page)
    mprotect(pages + 2 * page, page, PROT_NONE)
    defer { munmap(pages, 3 * page) }
    let start = UInt(bitPattern: pages)
    // The first words say "task"; the rest is cut off by the hole.
    let metadata = runner_task_metadata()
    for offset in stride(from: page - 240, to: page, by: 8) {
      (pages + offset).storeBytes(of: metadata, as: UInt.self)
      let address = start + UInt(offset)
      if offset > page - 208 { #expect(!isTask(address)) } else { _ = isTask(address) }
      (pages + offset).storeBytes(of: 0, as: UInt.self)
    }
    for offset in [page, 2 * page, 2 * page + 64] { #expect(!isTask(start + UInt(offset))) }
  }

  @Test func `what looks like a task and is garbage is read within bounds`() {
    var random = SeededGenerator(seed: 2)
    let size = 4096
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
    defer { memory.deallocate() }
    let start = UInt(bitPattern: memory)
    for _ in 0..<2000 {
      // Pointers into itself: lists that come back to themselves, contexts that do.
      for offset in stride(from: 0, to: size, by: 8) {
        let word =
          Bool.random(using: &random)
          ? start + UInt.random(in: 0..<UInt(size), using: &random) & ~7
          : UInt.random(in: 0...UInt.max, using: &random)
        (memory + offset).storeBytes(of: word, as: UInt.self)
      }
      memory.storeBytes(of: runner_task_metadata(), as: UInt.self)
      let word: UInt64 = random.next()
      memory.storeBytes(of: word & 0xffff_ff00, toByteOffset: 32, as: UInt64.self)
      if let task = reader.task(at: start) {
        #expect(task.frames.count <= Int(runner_task_frame_limit))
        #expect((task.name?.utf8.count ?? 0) <= 256 * 3)
        for frame in task.frames { _ = CodeFrame.at(frame) }
      }
      #expect(reader.locals(at: start).count <= 512)
    }
  }

  @Test func `lists that come back to themselves are cut`() throws {
    let suspended = try SuspendedTask(SuspensionKind.all[8])
    defer { suspended.end() }
    let task = try #require(reader.task(at: suspended.address))
    let copy = UnsafeMutableRawPointer.allocate(byteCount: 512, alignment: 16)
    defer { copy.deallocate() }
    let start = UInt(bitPattern: copy)
    copy.copyMemory(
      from: try #require(UnsafeRawPointer(bitPattern: suspended.address)), byteCount: 208)
    // One record of a group whose first child is the copy; the records lead back to the first.
    let layout = runner_task_layout_6_3
    let record = copy + 256
    record.storeBytes(of: 2, as: UInt.self)
    record.storeBytes(of: start + 256, toByteOffset: Int(layout.record_next), as: UInt.self)
    record.storeBytes(of: start, toByteOffset: Int(layout.record_payload), as: UInt.self)
    copy.storeBytes(of: start + 256, toByteOffset: Int(layout.status_records), as: UInt.self)
    copy.storeBytes(of: start, toByteOffset: Int(layout.child_next), as: UInt.self)
    let read = try #require(reader.task(at: start))
    #expect(!read.isWhole)
    #expect(read.frames == task.frames)
    #expect(read.children.count <= 16)
  }

  @Test func `a task that is gone is no task, or another one`() {
    var gone: [(UInt, UInt64)] = []
    for number in 0..<200 {
      let executor = HeldExecutor()
      let task = Task.detached(name: "gone \(number)", executorPreference: executor) {}
      if let address = executor.newest, let task = reader.task(at: address) {
        gone.append((address, task.id))
      }
      executor.run()
      withExtendedLifetime(task) {}
    }
    #expect(gone.count == 200)
    for (address, id) in gone {
      // A freed task's memory may still say what it said, but never that the task is alive.
      if let task = reader.task(at: address, expecting: id) { #expect(task.state == .complete) }
      _ = reader.locals(at: address)
    }
  }

  @Test func `the way by a pipe reads the same`() throws {
    let text = Array("a text that is read".utf8)
    var buffer = [UInt8](repeating: 0, count: text.count)
    let size = text.count
    for memory in [runner_memory_guarded, runner_memory_guarded_by_pipe] {
      text.withUnsafeBytes { source in
        let address = UInt(bitPattern: source.baseAddress)
        #expect(runner_memory_read(memory, address, &buffer, size))
      }
      #expect(buffer == text)
      #expect(!runner_memory_read(memory, 16, &buffer, size))
      #expect(!runner_memory_read(memory, 0, &buffer, size))
      #expect(!runner_memory_read(memory, UInt.max - 3, &buffer, size))
    }
    // Across pages, and up to a hole.
    let page = 4096
    let pages = try #require(
      mmap(nil, 40 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
    memset(pages, 7, 40 * page)
    munmap(pages + 30 * page, page)
    defer { munmap(pages, 40 * page) }
    var large = [UInt8](repeating: 0, count: 39 * page)
    for memory in [runner_memory_guarded, runner_memory_guarded_by_pipe] {
      let count = runner_memory_read_some(memory, UInt(bitPattern: pages) + 5, &large, large.count)
      #expect(count == 30 * page - 5)
      #expect(large.prefix(count).allSatisfy { $0 == 7 })
    }
  }

  @Test func `another thread reads while tasks come and go`() {
    struct Seen { var address: UInt; var id: UInt64 }
    let published = LockedValue<[Seen]>([])
    let isOver = Atomic<Bool>(false)
    let counts = LockedValue((alive: 0, gone: 0, wrong: 0))
    let looking = startThread {
      var index = 0
      while !isOver.load(ordering: .acquiring) {
        let seen = published.withLock { $0.isEmpty ? nil : $0[index % $0.count] }
        index += 1
        guard let seen else { continue }
        let task = RuntimeReader.shared.task(at: seen.address, expecting: seen.id)
        _ = RuntimeReader.shared.locals(at: seen.address)
        counts.withLock { counts in
          guard let task else { return counts.gone += 1 }
          counts.alive += 1
          // A task that is whole and suspended is read right.
          if task.isWhole, task.state == .suspended, task.name != "busy" { counts.wrong += 1 }
        }
      }
    }
    for _ in 0..<300 {
      let executor = HeldExecutor()
      let gate = ContinuationGate()
      let tasks = (0..<10).map { _ in
        let task = Task.detached(name: "busy", executorPreference: executor) {
          for _ in 0..<3 {
            async let child: Void = Locals.$number.withValue(3) { await Task.yield() }
            await child
          }
          await waitForever(gate)
        }
        if let address = executor.newest, let read = reader.task(at: address) {
          published.withLock { $0.append(Seen(address: address, id: read.id)) }
        }
        return task
      }
      published.withLock { if $0.count > 50 { $0.removeFirst($0.count - 50) } }
      executor.run()
      gate.open()
      executor.run()
      withExtendedLifetime(tasks) {}
    }
    while counts.withLock({ $0.alive + $0.gone == 0 }) { sched_yield() }
    isOver.store(true, ordering: .releasing)
    looking.join()
    #expect(counts.withLock { $0.wrong } == 0)
  }
}
