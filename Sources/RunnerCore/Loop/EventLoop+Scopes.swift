extension EventLoop {
  /// Makes a hidden task that runs a part of `owner`'s body and can be cancelled by itself.
  ///
  /// Swift's cancellation cannot be taken back; so what shall be cancelled and survived, such as the
  /// bodies of `timeout` and of a task group, is a task of its own. To the code inside it is `owner`: the current task, its
  /// context, its requests. `run` starts it.
  func makeScope<Success: Sendable>(
    _ operation: String, of owner: AnyRunnerTask, in enclosing: AnyRunnerTask,
    returning type: Success.Type = Success.self
  ) -> RunnerTask<Success> {
    var request = TaskRequest(loop: self, name: operation, context: enclosing.context)
    request.role = .tool
    request.operation = operation
    let scope = RunnerTask<Success>(request, scopeOwner: owner)
    scope.register()
    return scope
  }

  /// Runs `body` as the scope's and returns what it returns.
  ///
  /// It begins within the present step, and the caller goes on within the step that ends it: no other
  /// code of the loop runs in between, as if the body had been called.
  func run<Success: Sendable>(
    _ scope: RunnerTask<Success>, site: WaitSite?,
    _ body: sending @escaping () async throws -> Success
  ) async throws -> Success {
    let requests = requestsToCaller
    scope.prepare(body)
    startAtOnce(scope)
    if !scope.isDone {
      try await wait(.task, detail: scope.id.number, site: site, target: scope) {
        scope.addWaiter($0)
      }
    }
    handOver(from: scope, requestsAtEntry: requests)
    return try scope.outcome()
  }

  /// The requests to cancel that stand on the task that runs a scope, and on the one that it is for.
  private var requestsToCaller: Int {
    owningTask().map { $0.cancellationRequests + $0.acting.cancellationRequests } ?? 0
  }

  /// Lets a request to cancel that an ended scope has not seen be delivered at its caller's next await.
  ///
  /// Unless it was the scope's own: then nobody has asked the caller to end.
  private func handOver(from scope: AnyRunnerTask, requestsAtEntry: Int) {
    let isPending = scope.mustCancel && requestsToCaller > 0
    let isUnheard =
      scope.hasUnheardRequest && !scope.isCancelled && requestsToCaller > requestsAtEntry
    guard isPending || isUnheard, let task = owningTask() else { return }
    task.mustCancel = true
  }
}
