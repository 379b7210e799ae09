/// A generator that has begun and not ended, whatever its values are.
protocol OpenGenerator: AnyObject, Sendable {
  var number: UInt64 { get }
  var label: String { get }
  var description: String { get }

  func close(site: WaitSite?) async throws
}

extension EventLoop {
  /// Closes all generators that have begun, all at once, and waits until they have ended.
  ///
  /// An error of one is told to the exception handler. Values asked for afterwards for the first time
  /// are reported. Must be called by a task of this loop. Mirrors `loop.shutdown_asyncgens()`.
  ///
  /// - Throws: `CancellationError` when the calling task is cancelled; `RunnerError.noRunningLoop`
  ///   outside of this loop's tasks.
  public func shutdownGenerators() async throws {
    try checkRunningHere("shutdownGenerators")
    _ = try await gatherResults(beginGeneratorShutdown())
  }

  /// Begins to close all open generators; returns the tasks that do.
  func beginGeneratorShutdown() -> [RunnerTask<Void>] {
    hasShutDownGenerators = true
    return generators.keys.sorted().compactMap { generators[$0].map(closeGenerator) }
  }

  /// Makes a task that closes a generator and tells of an error.
  @discardableResult
  func closeGenerator(_ generator: any OpenGenerator) -> RunnerTask<Void> {
    var request = TaskRequest(
      loop: self, name: "close generator \(generator.label)", context: SharedRunnerContext())
    request.role = .tool
    request.operation = "close generator"
    return request.makeTask { [self] in
      do {
        try await generator.close(site: nil)
      } catch let error where !(error is CancellationError || error is RunnerInterrupted) {
        report(
          LoopReport(
            message: "An error occurred during closing of asynchronous generator"
              + (generator.label.isEmpty ? " \(generator.number)" : " '\(generator.label)'"),
            error: error))
      }
    }
  }

  /// The hidden task in which a generator's coroutine runs; `forget` follows when it ends.
  func makeGeneratorTask(label: String) -> RunnerTask<Void> {
    var request = TaskRequest(loop: self, name: label, context: SharedRunnerContext())
    request.role = .tool
    request.operation = "generator"
    let task = RunnerTask<Void>(request, isGenerator: true)
    task.register()
    generatorTasks += 1
    return task
  }

  func track(_ generator: any OpenGenerator) {
    generators[generator.number] = generator
    guard hasShutDownGenerators else { return }
    report(
      LoopReport(
        message: "\(generator.description) was begun after shutdownGenerators(); "
          + "nobody will close it."))
  }

  func forget(_ generator: any OpenGenerator) { generators[generator.number] = nil }
}
