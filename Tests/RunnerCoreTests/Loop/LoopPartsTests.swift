import RunnerCoreTesting
import Testing

@testable import RunnerCore

/// The loop's parts on their own.
@Suite(.timeLimit(.minutes(1))) struct LoopPartsTests {
  private func callback() -> ScheduledCallback {
    ScheduledCallback(deadline: nil, place: nil) {}
  }

  @Test func `ten thousand timers leave the queue in order, equal ones as they came`() {
    var generator = SeededGenerator(seed: 1)
    var timers = TimerQueue()
    var expected: [(deadline: Int64, number: Int, callback: ScheduledCallback)] = []
    for number in 0..<10_000 {
      let callback = callback()
      let deadline = Int64.random(in: 0..<1000, using: &generator)
      timers.insert(.callback(callback), at: deadline)
      if Bool.random(using: &generator) {
        callback.cancel()
      } else {
        expected.append((deadline, number, callback))
      }
    }
    expected.sort { ($0.deadline, $0.number) < ($1.deadline, $1.number) }
    #expect(timers.live(limit: 3).count == expected.count)
    #expect(timers.live(limit: 3).soonest.map(\.deadline) == expected.prefix(3).map(\.deadline))
    #expect(timers.nextDeadline() == expected.first?.deadline)
    var order: [ObjectIdentifier] = []
    while let target = timers.popDue(by: .max) {
      if case .callback(let callback) = target { order.append(ObjectIdentifier(callback)) }
    }
    #expect(order == expected.map { ObjectIdentifier($0.callback) })
    #expect(timers.count == 0)
  }

  @Test func `a timer that is not due stays`() {
    var timers = TimerQueue()
    timers.insert(.callback(callback()), at: 10)
    #expect(timers.popDue(by: 9) == nil)
    #expect(timers.popDue(by: 10) != nil)
    #expect(timers.nextDeadline() == nil)
  }

  @Test func `timers that were given up do not pile up`() {
    var timers = TimerQueue()
    for _ in 0..<10_000 {
      let callback = callback()
      timers.insert(.callback(callback), at: 1)
      callback.cancel()
    }
    #expect(timers.count < 300)
  }

  @Test func `the ready queue is first in, first out, also while it grows and wraps`() {
    var queue = Ring<ReadyEntry>(capacity: 64)
    var (next, expected) = (0, 0)
    var callbacks: [ObjectIdentifier] = []
    for round in 0..<200 {
      for _ in 0..<(round % 7 + 3) {
        let callback = callback()
        callbacks.append(ObjectIdentifier(callback))
        queue.append(.callback(callback))
        next += 1
      }
      for _ in 0..<(round % 5) where !queue.isEmpty {
        // The entry is the only one that keeps its callback: numbers are used again only later.
        guard case .callback(let callback) = queue.removeFirst() else { continue }
        #expect(ObjectIdentifier(callback) == callbacks[expected])
        expected += 1
      }
    }
    #expect(queue.count == next - expected)
  }

  @Test func `the inbox asks for one wake-up for each sleep`() {
    let inbox = Inbox()
    var answers = [inbox.append(.callback(callback()))]
    inbox.announceSleep(true)
    answers.append(inbox.mayHaveEntries)
    answers.append(inbox.append(.callback(callback())))
    answers.append(inbox.append(.callback(callback())))
    answers.append(inbox.claimWake())
    #expect(answers == [false, true, true, false, false])
    var entries = Ring<ReadyEntry>()
    inbox.takeAll(into: &entries)
    let taken = entries.count
    let isEmpty = !inbox.mayHaveEntries
    inbox.announceSleep(true)
    let claimed = inbox.claimWake()
    #expect(taken == 3)
    #expect(isEmpty)
    #expect(claimed)
  }

  @Test func `waiters leave in their order, and those that no longer wait are passed over`() {
    var list = WaiterList()
    let waiters = (0..<4).map { _ in Waiter(task: nil) }
    for waiter in waiters {
      waiter.park()
      list.append(waiter)
    }
    list.remove(waiters[0])
    _ = waiters[2].interrupt()
    _ = waiters[3].beginWaking()
    _ = waiters[3].takeContinuation()
    waiters[3].park()
    var drained: [ObjectIdentifier] = []
    list.drain { drained.append(ObjectIdentifier($0)) }
    #expect(drained == [ObjectIdentifier(waiters[1])])
  }

  @Test func `a waiter is queued once, and an interrupt wins until it resumes`() {
    let waiter = Waiter(task: nil)
    #expect(waiter.interrupt() == false)
    waiter.park()
    #expect(waiter.beginWaking())
    #expect(waiter.beginWaking() == false)
    #expect(waiter.interrupt() == false)
    #expect(waiter.wasInterrupted)
    _ = waiter.takeContinuation()
    #expect(waiter.isIdle)
    waiter.park()
    #expect(!waiter.wasInterrupted)
  }

  @Test(arguments: [
    ("", "", true), ("*", "", true), ("", "a", false), ("a*", "abc", true), ("*c", "abc", true),
    ("a?c", "abc", true), ("a?c", "ac", false), ("*b*", "abc", true), ("**", "x", true),
    ("a*b*c", "a-b-b-c", true), ("a*b*c", "a-c-b", false), ("é?", "éx", true), ("[a]", "a", false),
  ])
  func `a name pattern knows any text and any character`(
    pattern: String, name: String, fits: Bool
  ) {
    #expect(NamePattern(pattern).matches(name) == fits)
  }

  @Test func `a name pattern of many stars takes no time`() {
    let name = String(repeating: "a", count: 20_000)
    #expect(!NamePattern(String(repeating: "*a", count: 40) + "*b").matches(name))
  }

  @Test func `the life cycle goes forward only`() throws {
    var life = RunnerLifecycle.created
    #expect(life.phase == .created)
    life.close()
    #expect(life.phase == .created)
    let loop = EventLoop(name: "life")
    let first = try life.initialize { (loop, SharedRunnerContext()) }
    let second = try life.initialize { (EventLoop(), SharedRunnerContext()) }
    #expect(first.0 === second.0)
    #expect(life.phase == .initialized)
    life.close()
    life.close()
    #expect(life.phase == .closed)
    #expect(life.loop === loop)
    #expect(throws: RunnerError.self) { try life.initialize { (loop, SharedRunnerContext()) } }
  }
}
