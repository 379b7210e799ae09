@testable import RunnerCore
import RunnerCoreTesting
import Testing

/// Many tasks on one object, cancelled at random moments, with the same numbers in every run.
///
/// Nothing is lost, nothing is doubled, and the order is kept.
@Suite(.timeLimit(.minutes(2))) struct SynchronizationStressTests {
  @Test(arguments: 0..<20)
  func `a lock is held by one task at a time, in order, and is free in the end`(seed: UInt64) throws
  {
    try inVirtualRunner { loop in
      var random = SeededGenerator(seed: seed)
      let lock = RunnerLock()
      let holders = Shared(0)
      let served = Recorder<Int>()
      var tasks: [RunnerTask<Void>] = []
      for number in 0..<500 {
        let pause = Int.random(in: 0..<3, using: &random)
        tasks.append(
          try loop.makeTask {
            try await lock.withLock {
              holders.value += 1
              #expect(holders.value == 1)
              served.note(number)
              defer { holders.value -= 1 }
              for _ in 0..<pause { try await sleep(0) }
            }
          })
        if Int.random(in: 0..<4, using: &random) == 0 { try await sleep(0) }
        if Int.random(in: 0..<3, using: &random) == 0 {
          tasks.randomElement(using: &random)?.cancel()
        }
      }
      while tasks.contains(where: { !$0.isDone }) {
        try await sleep(0)
        if Int.random(in: 0..<5, using: &random) == 0 {
          tasks.randomElement(using: &random)?.cancel()
        }
      }
      let ended = tasks.indices.filter { !tasks[$0].isCancelled }
      #expect(Set(ended).isSubset(of: served.events))
      #expect(served.events == served.events.sorted())
      #expect(Set(served.events).count == served.events.count)
      #expect(lock.description == "<Lock \(lock.number) unlocked>")
    }
  }

  @Test(arguments: 0..<20)
  func `a semaphore never lets in too many, and has all its slots in the end`(seed: UInt64) throws {
    try inVirtualRunner { loop in
      var random = SeededGenerator(seed: seed)
      let semaphore = RunnerSemaphore(3, isBounded: true)
      let inside = Shared(0)
      let served = Recorder<Int>()
      var tasks: [RunnerTask<Void>] = []
      for number in 0..<500 {
        let pause = Int.random(in: 0..<3, using: &random)
        tasks.append(
          try loop.makeTask {
            try await semaphore.withSlot {
              inside.value += 1
              #expect(inside.value <= 3)
              served.note(number)
              defer { inside.value -= 1 }
              for _ in 0..<pause { try await sleep(0) }
            }
          })
        if Int.random(in: 0..<4, using: &random) == 0 { try await sleep(0) }
        if Int.random(in: 0..<3, using: &random) == 0 {
          tasks.randomElement(using: &random)?.cancel()
        }
      }
      _ = try await gatherResults(tasks)
      #expect(served.events == served.events.sorted())
      #expect(semaphore.freeSlots == 3)
      #expect(!semaphore.isLocked)
    }
  }

  @Test(arguments: 0..<20)
  func `a queue gives each item once and in order, whoever is cancelled`(seed: UInt64) throws {
    try inVirtualRunner { loop in
      var random = SeededGenerator(seed: seed)
      let queue = RunnerQueue<Int>(maxSize: Int.random(in: 1...4, using: &random))
      let (put, got) = (Recorder<Int>(), Recorder<Int>())
      var live: [RunnerTask<Void>] = []
      for number in 0..<2000 {
        if Bool.random(using: &random) {
          live.append(
            try loop.makeTask {
              try await queue.put(number)
              put.note(number)
            })
        } else {
          live.append(try loop.makeTask { got.note(try await queue.get()) })
        }
        if Int.random(in: 0..<3, using: &random) == 0 { try await sleep(0) }
        if Int.random(in: 0..<3, using: &random) == 0 {
          live.randomElement(using: &random)?.cancel()
        }
        if number % 50 == 0 { live.removeAll(where: \.isDone) }
      }
      try await sleep(1)
      while !queue.isEmpty {
        got.note(try await queue.get())
        try await sleep(0)
      }
      for task in live { task.cancel() }
      _ = try await gatherResults(live)
      // A task that was cancelled after its put has put its item all the same: it noted it.
      #expect(got.events == put.events)
      #expect(Set(got.events).count == got.events.count)
      #expect(got.events.count > 200)
      #expect(!queue.description.contains("ting"))
    }
  }

  @Test(arguments: 0..<20)
  func `a condition loses no notification`(seed: UInt64) throws {
    try inVirtualRunner { loop in
      var random = SeededGenerator(seed: seed)
      let condition = RunnerCondition()
      let (offered, taken) = (Shared(0), Shared(0))
      var consumers: [RunnerTask<Void>] = []
      var produced = 0
      for _ in 0..<300 {
        consumers.append(
          try loop.makeTask {
            try await condition.withLock {
              try await condition.wait { offered.value > 0 }
              offered.value -= 1
              taken.value += 1
            }
          })
        if Bool.random(using: &random) { try await sleep(0) }
        if Int.random(in: 0..<3, using: &random) == 0 {
          try await condition.withLock {
            offered.value += 1
            produced += 1
            try condition.notify()
            if Bool.random(using: &random) { try await sleep(0) }
            consumers.randomElement(using: &random)?.cancel()
          }
        }
        if Int.random(in: 0..<4, using: &random) == 0 {
          consumers.randomElement(using: &random)?.cancel()
        }
      }
      try await sleep(1)
      // Whoever still waits does so because nothing is left to be had.
      if consumers.contains(where: { !$0.isDone }) { #expect(offered.value == 0) }
      #expect(offered.value + taken.value == produced)
      #expect(taken.value > 30)
      for consumer in consumers { consumer.cancel() }
      _ = try await gatherResults(consumers)
      #expect(!condition.isLocked)
    }
  }

  @Test func `ten thousand waiters of each kind come to their end`() throws {
    try inVirtualRunner { loop in
      let count = 10_000
      let (lock, event) = (RunnerLock(), RunnerEvent())
      let (semaphore, queue) = (RunnerSemaphore(0), RunnerQueue<Int>())
      let passed = Shared(0)
      var tasks: [RunnerTask<Void>] = []
      for _ in 0..<count {
        tasks.append(try loop.makeTask { try await lock.withLock { passed.value += 1 } })
        tasks.append(try loop.makeTask { try await event.wait() })
        tasks.append(try loop.makeTask { try await semaphore.acquire() })
        tasks.append(try loop.makeTask { _ = try await queue.get() })
      }
      try await lock.withLock { try await sleep(1) }
      event.set()
      for item in 0..<count {
        try semaphore.release()
        try queue.putNow(item)
      }
      for task in tasks { try await task.value }
      #expect(passed.value == count)
      #expect(queue.isEmpty)
      #expect(semaphore.freeSlots == 0)
    }
  }
}
