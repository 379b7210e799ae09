/// A sequence whose values a coroutine makes when they are asked for, and whose cleanup is seen to.
///
/// The coroutine runs only while somebody waits for the next value, as a part of the task that waits:
/// the current task, its context variables and its cancellation are those of that task. A generator
/// that is dropped between two values, or left open when its runner closes, is closed by the loop: the
/// coroutine gets `CancellationError` where it yields, and may await while it cleans up. Mirrors
/// Python's asynchronous generators.
///
///     let lines = RunnerGenerator<String> { yield in
///       let file = try open("log")
///       defer { close(file) }
///       while let line = try await file.readLine() { try await yield(line) }
///     }
///     for try await line in lines { print(line) }
///
/// Use it in tasks of one loop, by one task at a time.
public final class RunnerGenerator<Element: Sendable>: Sendable {
  /// Hands a value to the task that asked for it.
  public struct Yielder: Sendable {
    let exchange: GeneratorExchange<Element>

    /// Hands the value over and waits until the next one is asked for; mirrors `yield`.
    ///
    /// - Throws: `CancellationError` when the generator is closed instead.
    public func callAsFunction(_ value: Element) async throws {
      try await exchange.yield(value)
    }
  }

  private let exchange: GeneratorExchange<Element>

  /// Creates a generator; the coroutine begins when the first value is asked for.
  ///
  /// - Parameters:
  ///   - label: what snapshots and messages call it.
  ///   - body: makes the values; it ends the sequence when it returns or throws.
  public init(label: String = "", _ body: sending @escaping (Yielder) async throws -> Void) {
    exchange = GeneratorExchange(label: label, body)
  }

  deinit { exchange.closeWhenAbandoned() }

  /// Runs the coroutine to its next value and returns it, or `nil` when it has ended.
  ///
  /// Cancelling the waiting task cancels the coroutine where it waits. Must be called by a task of a
  /// runner. Mirrors `anext()`.
  ///
  /// - Throws: what the coroutine throws; `RunnerError.invalidState` when another task waits for a
  ///   value of the same generator; `RunnerError.foreignLoop` in a task of another loop.
  public func next(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
  ) async throws -> Element? {
    try await exchange.next(site: WaitSite(fileID, line, function))
  }

  /// Ends the coroutine where it yields and waits for its cleanup; mirrors `aclose()`.
  ///
  /// One that has not begun never does; closing again does nothing. Must be called by a task of a
  /// runner.
  ///
  /// - Throws: what the cleanup throws; `RunnerError.invalidState` when a task waits for a value, or
  ///   when the coroutine yields another one instead of ending.
  public func close(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
  ) async throws {
    try await exchange.close(site: WaitSite(fileID, line, function))
  }
}

extension RunnerGenerator: AsyncSequence {
  /// Asks the generator for its values.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let generator: RunnerGenerator

    public mutating func next() async throws -> Element? { try await generator.next() }
  }

  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(generator: self) }
}
