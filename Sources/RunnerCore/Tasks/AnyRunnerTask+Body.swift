internal import CRunnerRuntime

/// How a task's body is executed: by a Swift task whose function is C; see `CRunnerRuntime/TaskBody.c`.
extension AnyRunnerTask {
  /// Makes the Swift task that runs the body to its end.
  ///
  /// `maker` is the task whose own code makes it, if that is known.
  @inline(__always)
  func makeSwiftTask(by maker: Unmanaged<AnyRunnerTask>?) -> UnsafeMutableRawPointer {
    _ = Self.bodyFunctions
    // Where the maker has no task-local variables but the library's own, there is nothing to inherit from it
    // but the priority.
    let priority = maker.map { $0._withUnsafeGuaranteedRef { $0.priorityIfAlone } } ?? 0
    let executor = loop.executorWords
    return runner_task_create(
      Unmanaged.passUnretained(self).toOpaque(), executor.0, executor.1, priority)
  }

  /// The priority of its Swift task if that has no task-local variables but the library's own; or 0.
  private var priorityIfAlone: UInt8 {
    runner_task_priority_if_alone(swiftTaskAddress, Self.inheritedKey)
  }

  private static let bodyFunctions: Void = runner_set_body_functions(
    { task, start in
      Unmanaged<AnyRunnerTask>.fromOpaque(task)._withUnsafeGuaranteedRef {
        $0.begin(&start.pointee)
      }
    },
    { task, error in
      Unmanaged<AnyRunnerTask>.fromOpaque(task)._withUnsafeGuaranteedRef { $0.end(with: error) }
    }, inheritedKey, inheritedType)

  /// Begins the first step, with the task as what is inherited; says what to run.
  ///
  /// Without a function: the task was cancelled before it.
  private func begin(_ start: inout runner_start) {
    loop.beginFirstStep(of: self, at: start.task)
    start.loop = Unmanaged.passUnretained(loop).toOpaque()
    if mustCancel {
      mustCancel = false
      isRefused = true
      start.function = nil
      runner_forget_body(&body)
    } else {
      (start.function, start.closure) = (body.function, body.closure)
      start.result = placeForResult()
    }
  }

  private static let inheritedKey = UInt(
    bitPattern: Unmanaged.passUnretained($inheritedTask).toOpaque())
  private static let inheritedType = unsafeBitCast(Inherited.self as Any.Type, to: UInt.self)

  /// The end of the body, which has returned or thrown the error.
  private func end(with address: UnsafeMutableRawPointer?) {
    if body.closure != nil { runner_forget_body(&body) }
    if isRefused { return end(throwing: CancellationError()) }
    guard let address else { return endReturning() }
    dropPlace()
    let error = unsafeBitCast(address, to: (any Error).self)
    Unmanaged<AnyObject>.fromOpaque(address).release()
    end(throwing: error)
  }

  /// The end of a body that threw.
  func end(throwing error: any Error) {
    loop.returnToOwner(self)
    if error is CancellationError { return finish(.cancelled) }
    finish(.failed(error))
    if let interrupt = error as? RunnerInterrupted, scopeOwner == nil {
      loop.leave(with: interrupt)
    }
  }

  // MARK: What is inherited

  /// The library's task in whose Swift task, or in whose maker's, the call is executed.
  static var inherited: AnyRunnerTask? { runner_current_task() == 0 ? nil : inheritedTask.task }

  @TaskLocal private static var inheritedTask = Inherited(task: nil)

  /// Neither an optional nor a structure of nothing else: Swift's runtime copies those by looking at their
  /// type, and this by a function of its own.
  private struct Inherited: Sendable {
    var task: AnyRunnerTask?
    var isSet = false
  }
}
