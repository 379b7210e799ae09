extension EventLoop {
  /// Makes a hidden task that runs a part of `owner`'s body and can be cancelled by itself.
  ///
  /// Swift's cancellation cannot be taken back; so what shall be cancelled and survived, such as the
  /// body of a `timeout`, is a task of its own. To the code inside it is `owner`: the current task, its
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
    startAtOnce(scope, body)
    if !scope.isDone {
      try await wait(.task, detail: scope.id.number, site: site, target: scope) {
        scope.addWaiter($0)
      }
    }
    return try scope.outcome()
  }
}
