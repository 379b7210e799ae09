internal import CRunnerRuntime

/// What a thread is doing: its stack, taken from outside while it runs.
package struct ThreadSample: Hashable, Sendable {
  /// The stack, innermost first; empty when it could not be taken.
  ///
  /// First the functions on the thread's own stack up to the task's, then the task's callers.
  package var frames: [CodeFrame]

  /// Whether the thread was running a task.
  package var isInTask: Bool

  /// The system call in which it waits: `nanosleep`, or `system call 450`; `nil` when it waits in
  /// none.
  package var systemCall: String?

  /// Why there is no stack, as a sentence; `nil` when there is one.
  package var failure: String?

  /// Samples the thread of this process with the kernel's number `thread`, and waits at most
  /// `limit`.
  ///
  /// Any thread may ask, also about itself. The thread is interrupted by a signal that nobody uses,
  /// for some 100 µs. A thread that waits in a system call which a signal would end early is left
  /// alone, and only the call is told.
  package static func take(
    of thread: Int32, limit: Duration = .milliseconds(100)
  ) -> ThreadSample {
    withUnsafeTemporaryAllocation(of: runner_thread_stack.self, capacity: 1) { buffer in
      guard let stack = buffer.baseAddress else { return ThreadSample(failure: unknown) }
      let nanoseconds = max(0, limit.wholeNanoseconds)
      let outcome = runner_thread_sample(thread, nanoseconds, stack)
      return ThreadSample(stack, outcome)
    }
  }

  /// What a thread that stands still was doing.
  init(ofStopped stack: UnsafeMutablePointer<runner_thread_stack>) {
    self.init(stack, runner_stack_taken)
  }

  private static let unknown = "The thread's stack is not known here."

  private init(failure: String) {
    (frames, isInTask, systemCall, self.failure) = ([], false, nil, failure)
  }

  private init(
    _ stack: UnsafeMutablePointer<runner_thread_stack>, _ outcome: runner_stack_outcome
  ) {
    self.init(failure: Self.unknown)
    let call = stack.pointee.system_call
    if call >= 0 {
      systemCall =
        runner_system_call_name(call).map { String(cString: $0) } ?? "system call \(call)"
    }
    switch outcome {
    case runner_stack_taken:
      failure = nil
      frames = withUnsafeBytes(of: &stack.pointee.addresses) { bytes in
        bytes.bindMemory(to: UInt.self).prefix(Int(stack.pointee.count)).enumerated().map {
          CodeFrame.at($1, $0 == 0 ? .exact : .afterCall)
        }
      }
      goOnInTask(stack)
      frames = CodeFrame.foldingTools(in: CodeFrame.foldingThunks(in: frames))
    case runner_stack_no_thread:
      failure = "There is no thread with this number."
    case runner_stack_in_system_call:
      failure =
        systemCall.map { "The thread waits in \($0); its stack is not known here." }
        ?? "The thread sleeps; its stack is not known here."
    case runner_stack_no_answer:
      failure =
        "The thread did not answer in time: it blocks signals, or does not get to run."
    case runner_stack_busy:
      failure = "Another sample is being taken; try again."
    default: break
    }
  }

  /// Replaces what lies below the first async function, the executor that runs it, by its callers.
  private mutating func goOnInTask(_ stack: UnsafeMutablePointer<runner_thread_stack>) {
    let chains = withUnsafeBytes(of: &stack.pointee.chains) {
      Array($0.bindMemory(to: runner_async_chain.self).prefix(Int(stack.pointee.chain_count)))
    }
    for var chain in chains {
      let callers = withUnsafeBytes(of: &chain.addresses) { bytes in
        bytes.bindMemory(to: UInt.self).prefix(Int(chain.count)).map { CodeFrame.at($0) }
      }
      let endsAsTask = callers.last.map { $0.function.hasPrefix("completeTask") } ?? false
      guard let index = end(of: chain, endsAsTask: chain.is_complete && endsAsTask) else {
        continue
      }
      isInTask = true
      frames = frames[...index] + callers
      return
    }
  }

  /// Where the functions end that the chain's callers have called, or `nil` when it is no task's.
  private func end(of chain: runner_async_chain, endsAsTask: Bool) -> Int? {
    if chain.frame == UInt32(runner_chain_of_register) {
      // In optimized code an async function may have no frame; what runs it is the next one below.
      guard endsAsTask else { return nil }
      return (frames.dropFirst().firstIndex { $0.isFolded } ?? frames.count) - 1
    }
    let frame = frames[Int(chain.frame)]
    let isNamed = frame.fullName != frame.function
    let isTask = frame.isAsync || endsAsTask || (chain.is_complete && !isNamed)
    return isTask ? Int(chain.frame) : nil
  }
}
