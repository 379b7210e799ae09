@testable import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct RunnerBarrierTests {
  struct Failure: Error {}

  private func makeTasks<Success: Sendable>(
    _ count: Int, on loop: EventLoop, _ body: @escaping @Sendable () async throws -> Success
  ) throws -> [RunnerTask<Success>] {
    try (0..<count).map { _ in try loop.makeTask { try await body() } }
  }

  @Test func `a barrier for no parties stops the program with a sentence`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RunnerBarrier(parties: 0)
    }
    let text = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
    #expect(text.contains("A barrier for 0 parties cannot be: give it 1 or more."))
  }

  @Test func `each task gets a number of its own`() throws {
    try inVirtualRunner { loop in
      let barrier = RunnerBarrier(parties: 3)
      let indices = try await gather(
        makeTasks(3, on: loop) { try await barrier.wait() })
      #expect(indices.sorted() == [0, 1, 2])
      #expect(barrier.waitingCount == 0)
      #expect(!barrier.isBroken)
    }
  }

  @Test func `a barrier for one never suspends, and can be passed again`() throws {
    try inVirtualRunner { _ in
      let barrier = RunnerBarrier(parties: 1)
      let steps = AnyRunnerTask.current?.steps
      let indices = [try await barrier.wait(), try await barrier.wait()]
      #expect(indices == [0, 0])
      #expect(AnyRunnerTask.current?.steps == steps)
      #expect(barrier.waitingCount == 0)
    }
  }

  @Test func `tasks come one by one, and the last one lets all go on`() throws {
    try inVirtualRunner { loop in
      let barrier = RunnerBarrier(parties: 3)
      var tasks: [RunnerTask<Int>] = []
      for count in 1...2 {
        tasks.append(try loop.makeTask { try await barrier.wait() })
        try await sleep(0)
        #expect(barrier.waitingCount == count)
        #expect(barrier.description.contains("filling"))
      }
      tasks.append(try loop.makeTask { try await barrier.wait() })
      try await sleep(0)
      #expect(tasks[2].isDone)
      let indices = try await gather(tasks)
      #expect(indices == [0, 1, 2])
      #expect(barrier.waitingCount == 0)
    }
  }

  @Test func `the same tasks can pass it twice, and get numbers again`() throws {
    try inVirtualRunner { loop in
      let barrier = RunnerBarrier(parties: 5)
      let seen = Recorder<Int>()
      let indices = try await gather(
        makeTasks(5, on: loop) {
          try await barrier.wait()
          seen.note(1)
          let index = try await barrier.wait()
          seen.note(2)
          return index
        })
      #expect(seen.events == [1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
      #expect(indices.sorted() == [0, 1, 2, 3, 4])
      #expect(barrier.waitingCount == 0)
      #expect(!barrier.isBroken)
    }
  }

  @Test func `it drains until the last one has left`() throws {
    try inVirtualRunner { loop in
      let barrier = RunnerBarrier(parties: 5)
      let draining = Recorder<Bool>()
      _ = try await gather(
        makeTasks(5, on: loop) {
          try await barrier.wait()
          draining.note(barrier.description.contains("draining"))
        })
      #expect(draining.events == [true, true, true, true, false])
    }
  }

  @Test func `who comes while it drains waits outside for the next time`() throws {
    try inVirtualRunner { loop in
      let barrier = RunnerBarrier(parties: 5)
      let others = RunnerBarrier(parties: 3)
      let again = Shared(2)
      let passed = Shared(0)
      _ = try await gather(
        makeTasks(5, on: loop) {
          try await barrier.wait()
          if again.value > 0 {
            again.value -= 1
          } else {
            try await others.wait()
            passed.value += 1
          }
          try await barrier.wait()
        })
      #expect(passed.value == 3)
      #expect(barrier.waitingCount == 0)
    }
  }

  @Test func `a task that is cancelled leaves its place to another`() throws {
    try inVirtualRunner { loop in
      let barrier = RunnerBarrier(parties: 3)
      let first = try loop.makeTask { try await barrier.wait() }
      try await sleep(0)
      #expect(barrier.waitingCount == 1)
      let second = try loop.makeTask { try await barrier.wait() }
      try await sleep(0)
      #expect(barrier.waitingCount == 2)
      first.cancel()
      try await sleep(0)
      #expect(barrier.waitingCount == 1)
      #expect(first.isCancelled)
      let third = try loop.makeTask { try await barrier.wait() }
      try await sleep(0)
      #expect(barrier.waitingCount == 2)
      let fourth = try loop.makeTask { try await barrier.wait() }
      _ = try await gather([second, third, fourth])
      #expect(barrier.waitingCount == 0)
      #expect(!barrier.isBroken)
    }
  }

  @Test func `a reset without tasks changes nothing`() throws {
    let barrier = RunnerBarrier(parties: 1)
    barrier.reset()
    #expect(barrier.waitingCount == 0)
    #expect(!barrier.isBroken)
  }

  @Test func `a reset ends those that wait with an error, and the barrier is as new`() throws {
    try inVirtualRunner { loop in
      let barrier = RunnerBarrier(parties: 5, label: "phase")
      let tasks = try makeTasks(4, on: loop) { try await barrier.wait() }
      try await sleep(0)
      barrier.reset()
      #expect(barrier.description.contains("resetting"))
      for task in tasks {
        let error = await #expect(throws: RunnerBrokenBarrierError.self) { try await task.value }
        #expect(
          error?.message
            == "Barrier \(barrier.number) 'phase' was aborted or reset while a task waited for it;"
            + " wait again once it is whole.")
      }
      #expect(
        barrier.description == "<Barrier \(barrier.number) 'phase' filling, 0 of 5 waiting>")
    }
  }

  @Test func `a reset while half of them have left reaches the other half`() throws {
    try inVirtualRunner { loop in
      let barrier = RunnerBarrier(parties: 5)
      let left = Shared(0)
      let broken = Shared(0)
      _ = try await gather(
        makeTasks(5, on: loop) {
          do {
            try await barrier.wait()
            left.value += 1
            if left.value == 3 { barrier.reset() }
          } catch is RunnerBrokenBarrierError {
            broken.value += 1
          }
        })
      #expect(broken.value == 2)
      #expect(barrier.waitingCount == 0)
      #expect(barrier.description.contains("filling"))
      #expect(!barrier.isBroken)
    }
  }

  @Test func `a reset spares those that wait outside`() throws {
    try inVirtualRunner { loop in
      let barrier = RunnerBarrier(parties: 5)
      let (count, inside, outside) = (Shared(0), Shared(0), Shared(0))
      _ = try await gather(
        makeTasks(5, on: loop) {
          do {
            try await barrier.wait()
          } catch is RunnerBrokenBarrierError {
            inside.value += 1
            try await barrier.wait()
            return
          }
          count.value += 1
          if count.value > 2 {
            barrier.reset()
            try await barrier.wait()
          } else {
            do { try await barrier.wait() } catch is RunnerBrokenBarrierError { outside.value += 1 }
          }
        })
      #expect(inside.value == 2)
      #expect(outside.value == 0)
      #expect(barrier.waitingCount == 0)
      #expect(!barrier.isBroken)
    }
  }

  @Test func `those that were sent away by a reset can come again`() throws {
    try inVirtualRunner { loop in
      let barrier = RunnerBarrier(parties: 5)
      let (broken, passed) = (Shared(0), Shared(0))
      let tasks = try makeTasks(4, on: loop) {
        do { try await barrier.wait() } catch is RunnerBrokenBarrierError { broken.value += 1 }
        try await barrier.wait()
        passed.value += 1
      }
      try loop.schedule { barrier.reset() }
      try await sleep(0)
      let last = try loop.makeTask {
        try await barrier.wait()
        passed.value += 1
      }
      _ = try await gather(tasks + [last])
      #expect(broken.value == 4)
      #expect(passed.value == 5)
      #expect(!barrier.isBroken)
      #expect(barrier.waitingCount == 0)
    }
  }

  @Test func `a reset by the last one that left harms nobody`() throws {
    try inVirtualRunner { loop in
      let barrier = RunnerBarrier(parties: 5)
      let (count, second, third) = (Shared(0), Shared(0), Shared(0))
      _ = try await gather(
        makeTasks(5, on: loop) {
          try await barrier.wait()
          count.value += 1
          if count.value == 5 {
            barrier.reset()
            try await barrier.wait()
          } else {
            try await barrier.wait()
            second.value += 1
          }
          try await barrier.wait()
          third.value += 1
        })
      #expect(second.value == 4)
      #expect(third.value == 5)
      #expect(!barrier.isBroken)
      #expect(barrier.waitingCount == 0)
    }
  }

  @Test func `an aborted barrier refuses who comes until it is reset`() throws {
    try inVirtualRunner { loop in
      let barrier = RunnerBarrier(parties: 1, label: "phase")
      barrier.abort()
      #expect(barrier.waitingCount == 0)
      #expect(barrier.isBroken)
      let error = await #expect(throws: RunnerBrokenBarrierError.self) { try await barrier.wait() }
      #expect(
        error?.message
          == "Barrier \(barrier.number) 'phase' is broken: it was aborted; reset it before it is used"
          + " again.")
      barrier.reset()
      try await barrier.wait()
    }
  }

  @Test func `an abort reaches those inside and those outside`() throws {
    try inVirtualRunner { loop in
      let barrier = RunnerBarrier(parties: 5)
      let (count, inside, outside) = (Shared(0), Shared(0), Shared(0))
      _ = try await gather(
        makeTasks(5, on: loop) {
          do {
            try await barrier.wait()
          } catch is RunnerBrokenBarrierError {
            inside.value += 1
            return
          }
          count.value += 1
          if count.value > 2 { return barrier.abort() }
          do { try await barrier.wait() } catch is RunnerBrokenBarrierError { outside.value += 1 }
        })
      #expect(barrier.isBroken)
      #expect(inside.value == 2)
      #expect(outside.value == 2)
      #expect(barrier.waitingCount == 0)
      #expect(!barrier.description.contains("resetting"))
    }
  }

  @Test func `a task that fails aborts it, and after a reset all can pass again`() throws {
    try inVirtualRunner { loop in
      let first = RunnerBarrier(parties: 5)
      let second = RunnerBarrier(parties: 5)
      let (passed, broken, last) = (Shared(0), Shared(0), Shared(0))
      _ = try await gather(
        makeTasks(5, on: loop) {
          do {
            if try await first.wait() == 2 { throw Failure() }
            try await first.wait()
            passed.value += 1
          } catch is RunnerBrokenBarrierError {
            broken.value += 1
          } catch is Failure {
            first.abort()
          }
          // All have left it when it is reset, and nobody comes before.
          if try await second.wait() == 2 {
            #expect(first.isBroken)
            first.reset()
          }
          try await second.wait()
          try await first.wait()
          last.value += 1
        })
      #expect(!first.isBroken)
      #expect(passed.value == 0)
      #expect(broken.value == 4)
      #expect(last.value == 5)
      #expect(first.waitingCount == 0)
    }
  }

  @Test func `a description says what it does and how many wait`() throws {
    try inVirtualRunner { loop in
      let barrier = RunnerBarrier(parties: 5)
      let title = "Barrier \(barrier.number)"
      #expect(barrier.description == "<\(title) filling, 0 of 5 waiting>")
      var tasks = try makeTasks(2, on: loop) { try await barrier.wait() }
      try await sleep(0)
      #expect(barrier.description == "<\(title) filling, 2 of 5 waiting>")
      tasks += try makeTasks(3, on: loop) { try await barrier.wait() }
      try await sleep(0)
      #expect(barrier.description == "<\(title) draining, 0 of 5 waiting>")
      tasks += try makeTasks(2, on: loop) { try await barrier.wait() }
      barrier.reset()
      #expect(barrier.description == "<\(title) resetting, 0 of 5 waiting>")
      barrier.abort()
      #expect(barrier.description == "<\(title) broken>")
      _ = try await gatherResults(tasks)
    }
  }

  @Test func `a snapshot says that a task waits at the barrier`() throws {
    try inVirtualRunner { loop in
      let barrier = RunnerBarrier(parties: 2, label: "phase")
      let line = #line + 1
      let task = try loop.makeTask { try await barrier.wait() }
      try await sleep(0)
      let wait = TaskPicture(of: loop).snapshot(of: task, awaitedBy: []).wait
      #expect(wait?.subject == .object(.barrier, number: barrier.number, label: "phase"))
      #expect(wait?.site?.line == line)
      task.cancel()
    }
  }

  @Test func `a barrier of another loop is refused`() throws {
    let barrier = RunnerBarrier(parties: 1)
    try inVirtualRunner { _ in try await barrier.wait() }
    try inVirtualRunner { _ in
      let error = await #expect(throws: RunnerError.self) { try await barrier.wait() }
      #expect(error?.code == .foreignLoop)
    }
  }

  @Test(arguments: [true, false])
  func `child tasks wait for each other, and a cancelled one leaves`(takingFlagsBack: Bool) throws {
    try inVirtualRunner(takingFlagsBack: takingFlagsBack) { loop in
      let barrier = RunnerBarrier(parties: 3)
      async let first = barrier.wait()
      async let second = barrier.wait()
      let third = try await barrier.wait()
      let indices = [try await first, try await second, third]
      #expect(indices.sorted() == [0, 1, 2])
      let parent = try loop.makeTask {
        async let child = barrier.wait()
        _ = try await child
      }
      try await sleep(0)
      try await sleep(0)
      #expect(barrier.waitingCount == 1)
      parent.cancel()
      await #expect(throws: CancellationError.self) { try await parent.value }
      #expect(barrier.waitingCount == 0)
    }
  }
}
