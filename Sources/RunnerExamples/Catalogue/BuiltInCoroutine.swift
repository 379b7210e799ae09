/// A coroutine of this module that can be run by its name; help, completion and parsing come from it.
public struct BuiltInCoroutine: Sendable, Identifiable {
  /// What a task runs; returns `nil` where the coroutine returns `Void`.
  public typealias Body = @Sendable () async throws -> (any Sendable)?

  /// The name in front of the parentheses.
  public let name: String

  /// What it takes, in order.
  public let parameters: [CoroutineParameter]

  /// What it does, in one line.
  public let summary: String

  /// The name of the file that it is written in.
  public let fileName: String

  let body: @Sendable ([ArgumentValue]) async throws -> (any Sendable)?

  public var id: String { name }

  /// How it is called, with names for the values: `ticker(every: seconds)`.
  public var signature: String {
    "\(name)(\(parameters.map(\.signature).joined(separator: ", ")))"
  }

  /// The text of the file that it is written in.
  public var source: String { ExampleSources.files[fileName] ?? "" }
}
