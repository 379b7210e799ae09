import RunnerCoreTesting
import Testing

@testable import RunnerCore

/// Who awaits a child of a group when that child fails: the group hears of it first.
@Suite(.timeLimit(.minutes(1))) struct TaskGroupAwaiterTests {
  struct Failure: Error {}

  /// What a body gets that awaits a failing child, and the errors of the group.
  private func outcome(
    takingBack: Bool,
    _ body: @escaping @Sendable (RunnerTaskGroup, Recorder<String>) async throws -> Void
  ) throws -> (seen: [String], errors: [String]) {
    let seen = Recorder<String>()
    let errors = Recorder<String>()
    try inVirtualRunner(takingFlagsBack: takingBack) { _ in
      let error = await #expect(throws: RunnerTaskGroupError.self) {
        try await withRunnerTaskGroup { group in try await body(group, seen) }
      }
      for error in error?.errors ?? [] { errors.note("\(type(of: error))") }
      #expect(AnyRunnerTask.current?.cancellationRequests == 0)
      try await sleep(1)  // Nothing is left to be delivered.
    }
    return (seen.events, errors.events)
  }

  @Test(arguments: [true, false])
  func `case 98: a body that awaits the failing child is cancelled, and the error counts once`(
    takingBack: Bool
  ) throws {
    let (seen, errors) = try outcome(takingBack: takingBack) { group, seen in
      let child = try group.makeTask {
        try await sleep(1)
        throw Failure()
      }
      do {
        try await child.value
      } catch {
        seen.note("\(type(of: error))")
        throw error
      }
    }
    #expect(seen == ["CancellationError"])
    #expect(errors == ["Failure"])
  }

  @Test(arguments: [true, false])
  func `case 98: a sibling that awaits the failing child is cancelled, and the error counts once`(
    takingBack: Bool
  ) throws {
    let (seen, errors) = try outcome(takingBack: takingBack) { group, seen in
      let child = try group.makeTask {
        try await sleep(1)
        throw Failure()
      }
      try group.makeTask {
        do {
          try await child.value
        } catch {
          seen.note("\(type(of: error))")
          throw error
        }
      }
    }
    #expect(seen == ["CancellationError"])
    #expect(errors == ["Failure"])
  }

  @Test(arguments: [true, false])
  func `case 98: so is a body that awaits it inside of a timeout or through another task`(
    takingBack: Bool
  ) throws {
    let (seen, errors) = try outcome(takingBack: takingBack) { group, seen in
      let child = try group.makeTask {
        try await sleep(1)
        throw Failure()
      }
      let between = try group.loop.makeTask { try await child.value }
      do {
        try await timeout(.seconds(5)) { try await between.value }
      } catch {
        seen.note("\(type(of: error)), between cancelled: \(between.isCancelled)")
        throw error
      }
    }
    // The task between is none of the group's: the request went on to it because it was awaited.
    #expect(seen == ["CancellationError, between cancelled: true"])
    #expect(errors == ["Failure"])
  }

  @Test func `case 99: nested groups whose bodies await each other have one error each`() throws {
    @Sendable func nest(_ depth: Int) async throws {
      try await withRunnerTaskGroup { group in
        let child = try group.makeTask {
          try await sleep(1)
          if depth == 0 { throw Failure() }
          try await nest(depth - 1)
        }
        try await child.value
      }
    }
    try inVirtualRunner { _ in
      var error: (any Error)? = await #expect(throws: RunnerTaskGroupError.self) {
        try await nest(5)
      }
      var depth = 0
      while let group = error as? RunnerTaskGroupError {
        #expect(group.errors.count == 1)
        error = group.errors.first
        depth += 1
      }
      #expect(depth == 6)
      #expect(error is Failure)
    }
  }

  @Test func `case 79: callbacks and those who wait come in the order in which they were added`()
    throws
  {
    try inVirtualRunner { loop in
      let seen = Recorder<String>()
      let gate = loop.makeFuture(of: Int.self)
      let task = try loop.makeTask { try await gate.value }
      task.whenDone { seen.note("callback before") }
      task.whenDone { seen.note("cancelled") }.cancel()
      let first = try loop.makeTask {
        _ = try await task.value
        seen.note("awaiter")
      }
      try await sleep(0)
      try await sleep(0)
      task.whenDone { seen.note("callback after") }
      for _ in 0..<20 { task.whenDone {}.cancel() }
      try gate.resolve(1)
      try await first.value
      try await sleep(0)
      #expect(seen.events == ["callback before", "awaiter", "callback after"])
    }
  }
}
