import Glibc
import Synchronization
import Testing

import CRunnerRuntime
@testable import RunnerCore

/// What a spinning or waiting thread and its test tell each other.
private final class Spin: Sendable {
  let thread = Atomic<Int32>(0)
  let isOver = Atomic<Bool>(false)

  /// Waits until the thread has said its number.
  func number() -> Int32 {
    while thread.load(ordering: .acquiring) == 0 { sched_yield() }
    return thread.load(ordering: .acquiring)
  }
}

@inline(never) private func spinInnermost(_ spin: Spin) -> Int {
  spin.thread.store(runner_thread_id(), ordering: .releasing)
  var count = 0
  while !spin.isOver.load(ordering: .relaxed) {
    // Mostly this: a sanitizer's runtime, which each look calls, hides its callers from a sample.
    var left = 10_000
    while left > 0 { (left, count) = (left &- 1, count &+ left) }
  }
  return count
}

@inline(never) private func spinMiddle(_ spin: Spin) -> Int { spinInnermost(spin) &+ 1 }

@inline(never) private func doze() -> Int32 {
  var time = timespec(tv_sec: 0, tv_nsec: 300_000_000)
  let outcome = nanosleep(&time, nil)
  return outcome &+ 1
}

@inline(never) private func dozeInMiddle() -> Bool {
  let outcome = doze()
  return outcome == 1
}

@inline(never) private func readByte(_ descriptor: Int32) -> Int {
  var byte: UInt8 = 0
  let count = read(descriptor, &byte, 1)
  return count &+ 1
}

private func spinInTask(_ spin: Spin) async -> Int {
  await Task.yield()
  let count = spinMiddle(spin)
  return count &+ 1
}

private func spinCaller(_ spin: Spin) async -> Int {
  let count = await spinInTask(spin)
  return count &+ 1
}

@Suite(.serialized, .timeLimit(.minutes(1))) struct ThreadSampleTests {
  /// How often a sample is tried; a busy machine may not let the thread run in time.
  private func sample(_ thread: Int32) -> ThreadSample {
    ThreadSample.take(of: thread, limit: .seconds(10))
  }

  @Test func `a spinning thread's stack is told, innermost first`() {
    let spin = Spin()
    let thread = startThread { _ = spinMiddle(spin) }
    let sample = sample(spin.number())
    spin.isOver.store(true, ordering: .releasing)
    thread.join()
    #expect(sample.failure == nil && !sample.isInTask)
    let functions = sample.frames.filter { !$0.isFolded }.map(\.function)
    let innermost = functions.firstIndex(of: "spinInnermost(_:)")
    let middle = functions.firstIndex(of: "spinMiddle(_:)")
    #expect(innermost != nil && middle == innermost.map { $0 + 1 })
    let frame = sample.frames.first { $0.function == "spinMiddle(_:)" }
    #expect(frame?.line?.fileName == "ThreadSampleTests.swift")
  }

  @Test func `a task that holds up its thread is told with its callers`() throws {
    let spin = Spin()
    let executor = HeldExecutor()
    let task = Task.detached(executorPreference: executor) { await spinCaller(spin) }
    let thread = startThread { executor.run() }
    let sample = sample(spin.number())
    spin.isOver.store(true, ordering: .releasing)
    thread.join()
    #expect(sample.failure == nil && sample.isInTask)
    let functions = sample.frames.filter { !$0.isFolded }.map(\.function)
    let start = try #require(functions.firstIndex(of: "spinInnermost(_:)"))
    #expect(
      functions[start...].prefix(4)
        == ["spinInnermost(_:)", "spinMiddle(_:)", "spinInTask(_:)", "spinCaller(_:)"])
    withExtendedLifetime(task) {}
  }

  @Test func `a thread that a signal would disturb is told with its stack, and sleeps on`() {
    let spin = Spin()
    let slept = Atomic<Bool>(false)
    let thread = startThread {
      spin.thread.store(runner_thread_id(), ordering: .releasing)
      slept.store(dozeInMiddle(), ordering: .releasing)
    }
    let number = spin.number()
    var sample = self.sample(number)
    // It may not have fallen asleep yet.
    while sample.systemCall == nil { sample = self.sample(number) }
    thread.join()
    #expect(sample.systemCall == "clock_nanosleep")
    #expect(sample.failure == nil)
    // An interrupted sleep would have ended early and said so.
    let isWhole = slept.load(ordering: .acquiring)
    #expect(isWhole)
    expectDoze(in: sample)
  }

  @Test func `a sleeping thread that blocks signals is told with its stack`() {
    let spin = Spin()
    let thread = startThread {
      var all = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_SETMASK, &all, nil)
      spin.thread.store(runner_thread_id(), ordering: .releasing)
      _ = dozeInMiddle()
    }
    let number = spin.number()
    var sample = self.sample(number)
    while sample.systemCall == nil { sample = self.sample(number) }
    thread.join()
    #expect(sample.failure == nil)
    expectDoze(in: sample)
  }

  private func expectDoze(in sample: ThreadSample) {
    let functions = sample.frames.filter { !$0.isFolded }.map(\.function)
    #expect(functions.prefix(2) == ["doze()", "dozeInMiddle()"])
    let line = sample.frames.first { $0.function == "doze()" }?.line
    #expect(line?.fileName == "ThreadSampleTests.swift")
  }

  @Test func `a thread that waits for bytes is told with its stack, and goes on waiting`() throws {
    let spin = Spin()
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    let got = Atomic<Int>(-2)
    let thread = startThread {
      spin.thread.store(runner_thread_id(), ordering: .releasing)
      got.store(readByte(reading) - 1, ordering: .releasing)
    }
    let number = spin.number()
    var sample = self.sample(number)
    while sample.systemCall == nil { sample = self.sample(number) }
    #expect(sample.systemCall == "read")
    #expect(sample.failure == nil)
    // The C library's functions keep no frames; who called them is found nevertheless.
    let functions = sample.frames.filter { !$0.isFolded }.map(\.function)
    // ThreadSanitizer's own read has no frame, which hides its caller.
    #expect(
      functions.first == "readByte(_:)"
        || functions.first?.hasPrefix("closure #1 in ThreadSampleTests") ?? false)
    #expect(got.load(ordering: .acquiring) == -2)
    _ = write(writing, "x", 1)
    thread.join()
    #expect(got.load(ordering: .acquiring) == 1)
    close(reading)
    close(writing)
  }

  @Test func `a thread that blocks signals is not waited for, and comes to no harm`() {
    let spin = Spin()
    let thread = startThread {
      var all = sigset_t()
      var before = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_SETMASK, &all, &before)
      _ = spinInnermost(spin)
      pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    let sample = self.sample(spin.number())
    spin.isOver.store(true, ordering: .releasing)
    thread.join()
    #expect(
      sample.failure
        == "The thread did not answer in time: it blocks signals, or does not get to run.")
    #expect(sample.frames.isEmpty)
  }

  @Test func `a number that is no thread's is said`() {
    let sample = self.sample(Int32.max)
    #expect(sample.failure == "There is no thread with this number.")
  }

  @Test func `a thread may sample itself, and signals have their actions back`() {
    // The real-time signals that the C library leaves to programs.
    func actions() -> [Bool] {
      (Int32(34)...64).map { number in
        var current = sigaction()
        _ = sigaction(number, nil, &current)
        return current.__sigaction_handler.sa_handler == nil
      }
    }
    let before = actions()
    let sample = self.sample(runner_thread_id())
    #expect(sample.failure == nil && !sample.frames.isEmpty)
    #expect(actions() == before)
  }

  @Test func `a thread is sampled a thousand times from two others`() {
    let spin = Spin()
    let thread = startThread { _ = spinMiddle(spin) }
    let number = spin.number()
    let taken = LockedValue(0)
    let askers = (0..<2).map { _ in
      startThread {
        for _ in 0..<500 {
          let sample = ThreadSample.take(of: number, limit: .seconds(10))
          if sample.failure == nil { taken.withLock { $0 += 1 } }
        }
      }
    }
    for asker in askers { asker.join() }
    spin.isOver.store(true, ordering: .releasing)
    thread.join()
    #expect(taken.withLock { $0 } >= 500)
  }

  /// A thread that runs only when its processor is idle: the asker, on the same one, goes on before the handler
  /// that has woken it returns.
  @Test func `a thread is never asked again inside of the last answer`() throws {
    // Not in Glibc's module: it is the system's own.
    typealias Choose = @convention(c) (pid_t, Int, UnsafePointer<UInt>) -> Int32
    let choose = try #require(dlsym(nil, "sched_setaffinity"))
    let setProcessors = unsafeBitCast(choose, to: Choose.self)
    @Sendable func shareProcessor() {
      var first: UInt = 1
      _ = setProcessors(0, MemoryLayout<UInt>.size, &first)
    }
    let spin = Spin()
    let thread = startThread {
      shareProcessor()
      let idle: Int32 = 5
      var parameters = sched_param(sched_priority: 0)
      sched_setscheduler(0, idle, &parameters)
      _ = spinMiddle(spin)
    }
    let number = spin.number()
    let functions = LockedValue(Set<String>())
    let asker = startThread {
      shareProcessor()
      for _ in 0..<200 {
        let sample = ThreadSample.take(of: number, limit: .seconds(10))
        functions.withLock { $0.formUnion(sample.frames.map(\.function)) }
      }
    }
    asker.join()
    spin.isOver.store(true, ordering: .releasing)
    thread.join()
    #expect(functions.withLock { $0.contains("spinMiddle(_:)") })
    #expect(functions.withLock { $0.filter { $0.contains("take_sample") } } == [])
  }
}
