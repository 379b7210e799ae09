@testable import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct RunnerSemaphoreTests {
  struct Failure: Error {}

  @Test func `a semaphore without slots is locked`() {
    #expect(RunnerSemaphore(0).isLocked)
  }

  @Test func `a negative number of slots stops the program with a sentence`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RunnerSemaphore(-1)
    }
    let text = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
    #expect(text.contains("A semaphore with -1 slots cannot be: give it 0 or more."))
  }

  @Test func `as many tasks as there are slots get in, and the next ones as slots come back`()
    throws
  {
    try inVirtualRunner { loop in
      let semaphore = RunnerSemaphore(3)
      let seen = Recorder<Int>()
      func makeTask(_ number: Int) throws -> RunnerTask<Void> {
        try loop.makeTask {
          try await semaphore.acquire()
          seen.note(number)
        }
      }
      try await semaphore.acquire()
      try await semaphore.acquire()
      #expect(!semaphore.isLocked)
      var tasks = [try makeTask(1), try makeTask(2), try makeTask(3)]
      try await sleep(0)
      #expect(seen.events == [1])
      #expect(semaphore.isLocked)
      #expect(semaphore.description == "<Semaphore \(semaphore.number) locked, 2 waiting>")
      #expect(semaphore.freeSlots == 0)
      tasks.append(try makeTask(4))
      try semaphore.release()
      try semaphore.release()
      #expect(semaphore.freeSlots == 0)
      try await sleep(0)
      #expect(semaphore.freeSlots == 0)
      #expect(seen.events == [1, 2, 3])
      #expect(semaphore.description == "<Semaphore \(semaphore.number) locked, 1 waiting>")
      try semaphore.release()
      for task in tasks { try await task.value }
      #expect(seen.events == [1, 2, 3, 4])
    }
  }

  @Test func `a task that is cancelled while it waits leaves its place`() throws {
    try inVirtualRunner { loop in
      let semaphore = RunnerSemaphore()
      try await semaphore.acquire()
      let task = try loop.makeTask { try await semaphore.acquire() }
      try loop.schedule { task.cancel() }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(!semaphore.description.contains("waiting"))
    }
  }

  @Test func `a slot goes past those that were cancelled before it came back`() throws {
    try inVirtualRunner { loop in
      let semaphore = RunnerSemaphore(0)
      let tasks = try (0..<4).map { _ in try loop.makeTask { try await semaphore.acquire() } }
      try await sleep(0)
      tasks[0].cancel()
      tasks[1].cancel()
      try semaphore.release()
      try await sleep(0)
      try await sleep(0)
      #expect(tasks[2].isDone)
      #expect(!tasks[3].isDone)
      tasks[3].cancel()
      try await sleep(0)
      #expect(semaphore.freeSlots == 0)
    }
  }

  @Test func `a cancel and a release in one step let the next one in`() throws {
    try inVirtualRunner { loop in
      let semaphore = RunnerSemaphore(0)
      let first = try loop.makeTask { try await semaphore.acquire() }
      let second = try loop.makeTask { try await semaphore.acquire() }
      try await sleep(0)
      first.cancel()
      try semaphore.release()
      try await sleep(0)
      try await sleep(0)
      #expect(semaphore.isLocked)
      #expect(second.isDone)
    }
  }

  @Test func `a slot promised to a task that is cancelled goes to the next one`() throws {
    try inVirtualRunner { loop in
      let semaphore = RunnerSemaphore(0)
      let first = try loop.makeTask { try await semaphore.acquire() }
      let second = try loop.makeTask { try await semaphore.acquire() }
      try await sleep(0)
      try semaphore.release()
      first.cancel()
      await #expect(throws: CancellationError.self) { try await first.value }
      try await second.value
      #expect(semaphore.freeSlots == 0)
      try semaphore.release()
      #expect(semaphore.freeSlots == 1)
    }
  }

  @Test func `a slot is there again when the task that it was promised to is cancelled`() throws {
    try inVirtualRunner { loop in
      let semaphore = RunnerSemaphore(1)
      let other = Shared<AnyRunnerTask?>(nil)
      let first = try loop.makeTask {
        try await semaphore.withSlot { try await sleep(0) }
        other.value?.cancel()
      }
      let second = try loop.makeTask {
        try await semaphore.acquire()
        Issue.record("It was cancelled before.")
      }
      other.value = second
      let results = try await gatherResults([first, second])
      #expect(throws: Never.self) { try results[0].get() }
      #expect(throws: CancellationError.self) { try results[1].get() }
      try await timeout(.seconds(1)) { try await semaphore.acquire() }
    }
  }

  @Test func `a bounded semaphore refuses a release too many, an unbounded one grows`() throws {
    let bounded = RunnerSemaphore(2, isBounded: true, label: "fetches")
    let error = try #require(throws: RunnerError.self) { try bounded.release() }
    #expect(error.code == .invalidState)
    #expect(
      error.message
        == "Semaphore \(bounded.number) 'fetches' was released too many times; it is bounded to 2"
        + " slots.")
    let single = RunnerSemaphore(1, isBounded: true)
    let excess = try #require(throws: RunnerError.self) { try single.release() }
    #expect(excess.message.hasSuffix("it is bounded to 1 slot."))
    let unbounded = RunnerSemaphore(2)
    try unbounded.release()
    #expect(unbounded.freeSlots == 3)
  }

  @Test func `a semaphore that nobody waits for is free after the release`() throws {
    try inVirtualRunner { _ in
      let semaphore = RunnerSemaphore()
      try await semaphore.acquire()
      #expect(semaphore.isLocked)
      try semaphore.release()
      #expect(!semaphore.isLocked)
    }
  }

  @Test func `withSlot gives the slot back, also when its body throws`() throws {
    try inVirtualRunner { _ in
      let semaphore = RunnerSemaphore(isBounded: true)
      let free = try await semaphore.withSlot { semaphore.freeSlots }
      #expect(free == 0)
      #expect(semaphore.freeSlots == 1)
      await #expect(throws: Failure.self) { try await semaphore.withSlot { throw Failure() } }
      #expect(semaphore.freeSlots == 1)
    }
  }

  @Test func `tasks that ask again come after those that wait`() throws {
    try inVirtualRunner { loop in
      let semaphore = RunnerSemaphore(1)
      let seen = Recorder<String>()
      let tasks = try (1...3).map { number in
        try loop.makeTask {
          for turn in 1...2 {
            try await semaphore.acquire()
            seen.note("\(number) \(turn)")
            try await sleep(0.01)
            try semaphore.release()
          }
        }
      }
      for task in tasks { try await task.value }
      #expect(seen.events == ["1 1", "2 1", "3 1", "1 2", "2 2", "3 2"])
    }
  }

  @Test func `who releases and asks again in one step comes after those that wait`() throws {
    try inVirtualRunner { loop in
      let semaphore = RunnerSemaphore(1)
      let seen = Recorder<Int>()
      let tasks = [
        try loop.makeTask {
          try await semaphore.acquire()
          seen.note(1)
        },
        try loop.makeTask {
          try await semaphore.acquire()
          seen.note(2)
          try semaphore.release()
          try await semaphore.acquire()
          seen.note(4)
        },
        try loop.makeTask {
          try await semaphore.acquire()
          seen.note(3)
        },
      ]
      try await sleep(0)
      try semaphore.release()
      try semaphore.release()
      for task in tasks { try await task.value }
      #expect(seen.events == [1, 2, 3, 4])
    }
  }

  @Test func `one that was cancelled is left out of the order`() throws {
    try inVirtualRunner { loop in
      let semaphore = RunnerSemaphore(0)
      let seen = Recorder<Int>()
      let tasks = try (1...3).map { number in
        try loop.makeTask {
          try await semaphore.acquire()
          seen.note(number)
        }
      }
      try await sleep(0)
      tasks[0].cancel()
      try await sleep(0)
      try semaphore.release()
      try semaphore.release()
      _ = try await gatherResults(tasks)
      #expect(seen.events == [2, 3])
    }
  }

  @Test func `slots that piled up while tasks waited their turn let several in at once`() throws {
    try inVirtualRunner { loop in
      let semaphore = RunnerSemaphore(0)
      let seen = Recorder<Int>()
      let fourth = Shared<RunnerTask<Void>?>(nil)
      let tasks = [
        try loop.makeTask {
          #expect(semaphore.freeSlots == 0)
          try await semaphore.acquire()
          #expect(semaphore.freeSlots == 0)
          fourth.value = try loop.makeTask { seen.note(4) }
          seen.note(1)
        },
        try loop.makeTask {
          for _ in 0..<3 { try semaphore.release() }
          #expect(semaphore.freeSlots == 2)
          #expect(semaphore.isLocked)
          try await semaphore.acquire()
          seen.note(2)
        },
        try loop.makeTask {
          try await semaphore.acquire()
          #expect(semaphore.isLocked)
          seen.note(3)
        },
      ]
      try await sleep(0)
      #expect(semaphore.freeSlots == 2)
      #expect(semaphore.description.hasSuffix(", 3 waiting>"))
      for task in tasks { try await task.value }
      try await fourth.value?.value
      #expect(seen.events == [1, 2, 3, 4])
    }
  }

  @Test func `a description says how many slots are free`() throws {
    try inVirtualRunner { _ in
      let semaphore = RunnerSemaphore(label: "fetches")
      #expect(semaphore.description == "<Semaphore \(semaphore.number) 'fetches' unlocked, 1 free>")
      try await semaphore.acquire()
      #expect(semaphore.description == "<Semaphore \(semaphore.number) 'fetches' locked>")
    }
  }

  @Test func `a snapshot says that a task waits for a slot`() throws {
    try inVirtualRunner { loop in
      let semaphore = RunnerSemaphore(0, label: "fetches")
      let task = try loop.makeTask { try await semaphore.withSlot {} }
      try await sleep(0)
      let wait = TaskPicture(of: loop).snapshot(of: task, awaitedBy: []).wait
      #expect(wait?.subject == .object(.semaphore, number: semaphore.number, label: "fetches"))
      #expect(wait?.site?.fileName == "RunnerSemaphoreTests.swift")
      task.cancel()
    }
  }

  @Test func `a semaphore of another loop is refused`() throws {
    let semaphore = RunnerSemaphore(2)
    try inVirtualRunner { _ in try await semaphore.acquire() }
    try inVirtualRunner { _ in
      let error = await #expect(throws: RunnerError.self) { try await semaphore.acquire() }
      #expect(error?.code == .foreignLoop)
      #expect(throws: RunnerError.self) { try semaphore.release() }
    }
    try semaphore.release()
    #expect(semaphore.freeSlots == 2)
  }

  @Test(arguments: [true, false])
  func `child tasks share the slots, and those of a cancelled parent give theirs back`(
    takingFlagsBack: Bool
  ) throws {
    try inVirtualRunner(takingFlagsBack: takingFlagsBack) { loop in
      let semaphore = RunnerSemaphore(2, isBounded: true)
      let (running, most) = (Shared(0), Shared(0))
      let parent = try loop.makeTask {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<20 {
            group.addTask {
              try await semaphore.withSlot {
                running.value += 1
                most.value = max(most.value, running.value)
                defer { running.value -= 1 }
                try await sleep(1)
              }
            }
          }
          try await group.waitForAll()
        }
      }
      try await sleep(4.5)
      parent.cancel()
      await #expect(throws: CancellationError.self) { try await parent.value }
      #expect(most.value == 2)
      #expect(running.value == 0)
      #expect(semaphore.freeSlots == 2)
      #expect(!semaphore.isLocked)
    }
  }
}
