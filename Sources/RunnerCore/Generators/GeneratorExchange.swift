/// The two sides of a generator: the coroutine in a hidden task, and the task that wants a value.
///
/// `created` → (`running` ⇄ `suspended`) → `finished`. Only the loop's owner touches it once it has
/// begun. Each hand-over takes place within one turn of the queue: no other code runs in between.
final class GeneratorExchange<Element: Sendable>: @unchecked Sendable {
  private enum Phase {
    case created
    /// A task waits for what the coroutine does next: a value, or its end.
    case running(isClosing: Bool)
    /// The coroutine waits where it has yielded.
    case suspended
    case finished
  }

  let number: UInt64
  let label: String
  private var phase = Phase.created
  private var body: ((RunnerGenerator<Element>.Yielder) async throws -> Void)?
  private var loop: EventLoop?
  private var task: RunnerTask<Void>?
  private var producer: Waiter?
  private var consumer: Waiter?
  private var outcome: Result<Element?, any Error>?

  init(
    label: String,
    _ body: sending @escaping (RunnerGenerator<Element>.Yielder) async throws -> Void
  ) {
    self.label = label
    self.body = body
    number = ObjectNumber.next(label: label)
  }

  deinit { ObjectNumber.forget(number) }

  // MARK: The side that asks

  func next(site: WaitSite) async throws -> Element? {
    let (loop, asking) = try bind("next()")
    switch phase {
    case .finished: return nil
    case .running: throw alreadyRunning("next()")
    case .created:
      begin(on: loop, for: asking)
      if outcome == nil { try await wait(on: loop, site) {} }
    case .suspended:
      phase = .running(isClosing: false)
      task?.actingFor = asking
      try await wait(on: loop, site) { if let producer { loop.wakeInTurn(producer) } }
    }
    return try takeOutcome()
  }

  func close(site: WaitSite?) async throws {
    if case .created = phase { return phase = .finished }
    let (loop, asking) = try bind("close()")
    switch phase {
    case .created, .finished: return
    case .running: throw alreadyRunning("close()")
    case .suspended:
      phase = .running(isClosing: true)
      task?.actingFor = asking
      let requests = asking.cancellationRequests
      try await wait(on: loop, site) { _ = task?.requestCancellation(message: nil) }
      _ = try takeOutcome()
      // The one that waits was asked to end as well, and the cleanup has had its request.
      if asking.cancellationRequests > requests { throw CancellationError() }
    }
  }

  /// Called when nobody can ask for a value any more; from any thread.
  func closeWhenAbandoned() {
    // Only what has begun has a loop, and that is set once, before this.
    guard let loop, !loop.isClosed else { return }
    loop.perform { [self] in
      if case .suspended = phase { loop.closeGenerator(self) }
    }
  }

  private func bind(_ call: String) throws -> (EventLoop, AnyRunnerTask) {
    guard let running = EventLoop.running, let asking = AnyRunnerTask.current else {
      throw RunnerError(
        .noRunningLoop,
        "No running event loop: \(call) of a generator must be called by a task of a runner.")
    }
    if let loop, loop !== running {
      throw RunnerError(.foreignLoop, "\(description) is attached to a different loop.")
    }
    loop = running
    return (running, asking)
  }

  private func begin(on loop: EventLoop, for asking: AnyRunnerTask) {
    guard let body else { return }
    self.body = nil
    phase = .running(isClosing: false)
    let task = loop.makeGeneratorTask(label: label)
    self.task = task
    task.actingFor = asking
    loop.track(self)
    nonisolated(unsafe) let coroutine = body
    task.prepare { [self] in
      do {
        try await coroutine(RunnerGenerator<Element>.Yielder(exchange: self))
        end(.success(nil))
      } catch {
        end(.failure(error))
      }
    }
    loop.startAtOnce(task)
  }

  private func wait(
    on loop: EventLoop, _ site: WaitSite?, resume: () -> Void
  ) async throws {
    try await loop.wait(.generator, detail: number, site: site, target: self) { waiter in
      consumer = waiter
      resume()
    }
  }

  private func takeOutcome() throws -> Element? {
    defer { outcome = nil }
    return try outcome?.get()
  }

  private func alreadyRunning(_ call: String) -> RunnerError {
    RunnerError(
      .invalidState,
      "\(call): \(description) is already running; one task at a time can wait for it.")
  }

  // MARK: The side that makes the values

  func yield(_ value: Element) async throws {
    guard let loop, loop.isRunningHere, case .running(let isClosing) = phase else {
      throw RunnerError(
        .invalidState, "\(description) can only yield while its own coroutine runs.")
    }
    phase = .suspended
    // Asked once is enough: the next close of the loop leaves it alone.
    if isClosing { loop.forget(self) }
    hand(isClosing ? .failure(ignoredClose) : .success(value), to: loop)
    try await loop.wait(.generator, detail: number, site: nil) { producer = $0 }
  }

  private func end(_ result: Result<Element?, any Error>) {
    guard let loop, let task else { return }
    var result = result
    if case .running(isClosing: true) = phase, case .failure(is CancellationError) = result {
      result = .success(nil)
    }
    phase = .finished
    loop.generatorTasks -= 1
    loop.forget(self)
    hand(result, to: loop)
    task.actingFor = nil
  }

  /// Gives the asking task what it waits for; it goes on when the coroutine has given way.
  private func hand(_ result: Result<Element?, any Error>, to loop: EventLoop) {
    outcome = result
    producer = nil
    guard let consumer else { return }
    self.consumer = nil
    loop.wakeInTurn(consumer)
  }

  private var ignoredClose: RunnerError {
    RunnerError(
      .invalidState,
      "\(description) ignored that it was closed: it yielded another value instead of ending.")
  }
}

extension GeneratorExchange: WaitTarget {
  func cancelFromWaiter(_ pass: CancellationPass) -> Bool {
    task?.acceptCancellation(pass) ?? false
  }

  func removeWaiter(_ waiter: Waiter) {
    if consumer === waiter { consumer = nil }
  }
}

extension GeneratorExchange: OpenGenerator {
  var description: String { label.isEmpty ? "The generator \(number)" : "The generator '\(label)'" }
}
