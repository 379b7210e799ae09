@testable import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct RunnerQueueTests {
  // MARK: Contents

  @Test func `a queue is empty, holds items, and is empty again`() throws {
    try inVirtualRunner { _ in
      let queue = RunnerQueue<Int>()
      #expect(queue.isEmpty)
      try await queue.put(1)
      #expect(!queue.isEmpty)
      #expect(queue.count == 1)
      let item = try await queue.get()
      #expect(item == 1)
      #expect(queue.isEmpty)
    }
  }

  @Test func `a queue is full with maxSize items; zero or less sets no limit`() throws {
    for limit in [0, -3] {
      let queue = RunnerQueue<Int>(maxSize: limit)
      #expect(!queue.isFull)
      for item in 0..<100 { try queue.putNow(item) }
      #expect(!queue.isFull)
    }
    let queue = RunnerQueue<Int>(maxSize: 1)
    #expect(queue.maxSize == 1)
    #expect(!queue.isFull)
    try queue.putNow(1)
    #expect(queue.isFull)
  }

  @Test func `items leave in the order of the queue`() throws {
    func order(_ queue: RunnerQueue<Int>) throws -> [Int] {
      for item in [1, 3, 2] { try queue.putNow(item) }
      return try (0..<3).map { _ in try queue.getNow() }
    }
    #expect(try order(RunnerQueue()) == [1, 3, 2])
    #expect(try order(RunnerQueue(order: .lastInFirstOut)) == [2, 3, 1])
    #expect(try order(RunnerQueue(order: .priority)) == [1, 2, 3])
    #expect(try order(RunnerQueue(order: .priority { $0 > $1 })) == [3, 2, 1])
  }

  @Test func `items that are equal leave a priority queue in the order in which they were put`()
    throws
  {
    struct Job: Sendable {
      var priority: Int
      var number: Int
    }
    var random = SeededGenerator(seed: 7)
    let queue = RunnerQueue<Job>(order: .priority { $0.priority < $1.priority })
    let jobs = (0..<1000).map { Job(priority: Int.random(in: 0..<5, using: &random), number: $0) }
    for job in jobs { try queue.putNow(job) }
    let left = try jobs.map { _ in try queue.getNow() }
    let expected = jobs.sorted { ($0.priority, $0.number) < ($1.priority, $1.number) }
    #expect(left.map(\.number) == expected.map(\.number))
  }

  @Test(arguments: [0, 1, 2])
  func `any mix of puts and gets gives what the order says`(kind: Int) throws {
    let orders: [RunnerQueue<Int>.Order] = [.firstInFirstOut, .lastInFirstOut, .priority]
    let queue = RunnerQueue<Int>(order: orders[kind])
    var model: [Int] = []
    var random = SeededGenerator(seed: 11)
    for _ in 0..<20_000 {
      if Bool.random(using: &random) || model.isEmpty {
        let item = Int.random(in: 0..<1000, using: &random)
        try queue.putNow(item)
        model.append(item)
      } else {
        let expected: Int
        switch kind {
        case 0: expected = model.removeFirst()
        case 1: expected = model.removeLast()
        default:
          let place = try #require(model.indices.min { model[$0] < model[$1] })
          expected = model.remove(at: place)
        }
        #expect(try queue.getNow() == expected)
      }
      #expect(queue.count == model.count)
    }
  }

  // MARK: Waiting

  @Test func `put waits while the queue is full`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<Int>(maxSize: 2)
      let put = Recorder<Int>()
      let task = try loop.makeTask {
        for item in 0..<3 {
          try await queue.put(item)
          put.note(item)
        }
      }
      try await sleep(0)
      try await sleep(0)
      #expect(put.events == [0, 1])
      var items = [try await queue.get()]
      try await sleep(0)
      #expect(put.events == [0, 1, 2])
      items.append(try await queue.get())
      items.append(try await queue.get())
      #expect(items == [0, 1, 2])
      #expect(task.isDone)
    }
  }

  @Test func `get waits for an item and returns in the step after it was put`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<Int>()
      let started = RunnerEvent()
      let task = try loop.makeTask {
        started.set()
        return try await queue.get()
      }
      try await started.wait()
      #expect(!task.isDone)
      try loop.schedule(after: .milliseconds(10)) { try queue.putNow(1) }
      let item = try await task.value
      #expect(item == 1)
      #expect(loop.now == LoopInstant(nanoseconds: 10_000_000))
    }
  }

  @Test func `an item that is taken lets the next putter go on`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<Int>(maxSize: 1)
      let started = RunnerEvent()
      let task = try loop.makeTask {
        started.set()
        try await queue.put(1)
        try await queue.put(2)
      }
      try loop.schedule(after: .milliseconds(10)) { _ = try queue.getNow() }
      try await started.wait()
      #expect(!task.isDone)
      try await task.value
      #expect(loop.now == LoopInstant(nanoseconds: 10_000_000))
      #expect(try queue.getNow() == 2)
    }
  }

  @Test func `a put does not wait while there is room`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<Int>()
      let task = try loop.makeTask { try await queue.put(1) }
      let item = try await queue.get()
      #expect(item == 1)
      #expect(task.isDone)
    }
  }

  @Test func `the items of putters that wait come in their order`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<String>(maxSize: 1)
      for item in ["a", "b"] { try loop.makeTask { try await queue.put(item) } }
      let items = [try await queue.get(), try await queue.get()]
      #expect(items == ["a", "b"])
    }
  }

  @Test func `a getter that waits gets the item that is put`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<String>()
      let task = try loop.makeTask { try await queue.get() }
      try await sleep(0)
      try await queue.put("a")
      let item = try await task.value
      #expect(item == "a")
    }
  }

  @Test func `getNow and putNow refuse what would have to wait`() throws {
    let queue = RunnerQueue<Int>(maxSize: 1, label: "jobs")
    let empty = try #require(throws: RunnerQueueError.self) { try queue.getNow() }
    #expect(empty.reason == .empty)
    #expect(
      empty.message == "Queue \(queue.number) 'jobs' is empty; await get() for the next item.")
    try queue.putNow(1)
    let full = try #require(throws: RunnerQueueError.self) { try queue.putNow(2) }
    #expect(full.reason == .full)
    #expect(
      "\(full)" == "Queue \(queue.number) 'jobs' is full, its maxSize is 1; await put(_:) for room."
    )
    #expect(try queue.getNow() == 1)
  }

  @Test func `a producer and a consumer of a queue for one item both come to their end`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<Int>(maxSize: 1)
      let producer = try loop.makeTask { for item in 0..<5 { try await queue.put(item) } }
      let consumer = try loop.makeTask {
        var items: [Int] = []
        for _ in 0..<5 { items.append(try await queue.get()) }
        return items
      }
      try await producer.value
      let items = try await consumer.value
      #expect(items == [0, 1, 2, 3, 4])
    }
  }

  @Test func `putters go on although several items were taken in one step`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<Int>(maxSize: 2)
      let getter = try loop.makeTask {
        try await sleep(0)
        for _ in 0..<queue.count { _ = try queue.getNow() }
      }
      let putters = try (0..<4).map { item in try loop.makeTask { try await queue.put(item) } }
      try await getter.value
      for putter in putters { try await putter.value }
      #expect([try queue.getNow(), try queue.getNow()] == [2, 3])
    }
  }

  // MARK: Descriptions and snapshots

  @Test func `a description says what is in it and who waits`() throws {
    try inVirtualRunner { loop in
      let queue = RunnerQueue<Int>(maxSize: 1, label: "jobs")
      let title = "Queue \(queue.number) 'jobs'"
      #expect(queue.description == "<\(title) 0 items of at most 1>")
      let getter = try loop.makeTask { try await queue.get() }
      try await sleep(0)
      #expect(queue.description == "<\(title) 0 items of at most 1, 1 getting>")
      try queue.putNow(0)
      _ = try await getter.value
      try queue.taskDone()
      try queue.putNow(1)
      let putter = try loop.makeTask { try await queue.put(2) }
      try await sleep(0)
      #expect(queue.description == "<\(title) 1 item of at most 1, 1 putting, 1 unfinished>")
      queue.shutdown()
      await #expect(throws: RunnerQueueError.self) { try await putter.value }
      #expect(queue.description == "<\(title) 1 item of at most 1, 1 unfinished, shut down>")
      let plain = RunnerQueue<Int>()
      #expect(plain.description == "<Queue \(plain.number) 0 items>")
    }
  }

  @Test func `a snapshot says whether a task waits for an item, for room or for the end`() throws {
    try inVirtualRunner { loop in
      func subject(of task: AnyRunnerTask) -> WaitSnapshot.Subject? {
        TaskPicture(of: loop).snapshot(of: task, awaitedBy: []).wait?.subject
      }
      let empty = RunnerQueue<Int>(label: "empty")
      let full = RunnerQueue<Int>(maxSize: 1, label: "full")
      try full.putNow(1)
      let line = #line + 1
      let getting = try loop.makeTask { _ = try await empty.get() }
      let putting = try loop.makeTask { try await full.put(2) }
      let joining = try loop.makeTask { try await full.join() }
      try await sleep(0)
      #expect(subject(of: getting) == .object(.queueItem, number: empty.number, label: "empty"))
      #expect(subject(of: putting) == .object(.queueSpace, number: full.number, label: "full"))
      #expect(subject(of: joining) == .object(.queueJoin, number: full.number, label: "full"))
      #expect(getting.stack.first?.line == line)
      #expect(getting.description.contains("waiting for queueItem \(empty.number) 'empty' in "))
      for task in [getting, putting, joining] { task.cancel() }
    }
  }

  // MARK: Loops and children

  @Test func `a queue of another loop is refused, also by what does not wait`() throws {
    let queue = RunnerQueue<Int>()
    try inVirtualRunner { _ in try await queue.put(1) }
    try inVirtualRunner { _ in
      var errors: [RunnerError?] = []
      errors.append(await #expect(throws: RunnerError.self) { try await queue.put(2) })
      errors.append(await #expect(throws: RunnerError.self) { _ = try await queue.get() })
      errors.append(await #expect(throws: RunnerError.self) { try await queue.join() })
      errors.append(#expect(throws: RunnerError.self) { try queue.putNow(2) })
      errors.append(#expect(throws: RunnerError.self) { _ = try queue.getNow() })
      errors.append(#expect(throws: RunnerError.self) { try queue.taskDone() })
      for error in errors { #expect(error?.code == .foreignLoop) }
    }
    #expect(queue.count == 1)
  }

  @Test func `a queue is filled from another thread through scheduleThreadSafe`() throws {
    try withRunner { runner in
      let loop = try runner.loop
      let queue = RunnerQueue<Int>()
      let items = try runner.run {
        let thread = startThread {
          for item in 0..<100 { _ = try? loop.scheduleThreadSafe { try queue.putNow(item) } }
        }
        defer { thread.join() }
        var items: [Int] = []
        for _ in 0..<100 { items.append(try await queue.get()) }
        return items
      }
      #expect(items == Array(0..<100))
    }
  }

  @Test(arguments: [true, false])
  func `child tasks take items, and those of a cancelled parent take none`(
    takingFlagsBack: Bool
  ) throws {
    try inVirtualRunner(takingFlagsBack: takingFlagsBack) { loop in
      let queue = RunnerQueue<Int>(maxSize: 2)
      let producer = try loop.makeTask {
        for item in 0..<50 { try await queue.put(item) }
        queue.shutdown()
      }
      let seen = Recorder<Int>()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<5 {
          group.addTask {
            do {
              while true { seen.note(try await queue.get()) }
            } catch let error as RunnerQueueError where error.reason == .shutDown {}
          }
        }
        try await group.waitForAll()
      }
      try await producer.value
      #expect(seen.events == Array(0..<50))

      let other = RunnerQueue<Int>()
      let parent = try loop.makeTask {
        async let item = other.get()
        _ = try await item
      }
      try await sleep(0)
      try await sleep(0)
      #expect(other.description.contains("1 getting"))
      try other.putNow(1)
      parent.cancel()
      await #expect(throws: CancellationError.self) { try await parent.value }
      #expect(other.count == 1)
    }
  }
}
