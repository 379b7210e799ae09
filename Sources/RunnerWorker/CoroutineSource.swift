package import RunnerCore

/// Turns the text of an expression into something that a runner can run.
///
/// The built-in coroutines are one; see `SwiftSource` for Swift. Called from any thread.
package protocol CoroutineSource: Sendable {
  /// - Throws: `RunnerError` that says what is wrong with the expression.
  func coroutine(for expression: String) throws -> NamedCoroutine
}

/// A coroutine and the name that its task gets unless told otherwise.
package struct NamedCoroutine: Sendable {
  package var name: String
  /// Runs to its end; a value comes back as text, `Void` as `nil`.
  package var body: @Sendable () async throws -> ValueSnapshot?

  package init(name: String, body: @escaping @Sendable () async throws -> ValueSnapshot?) {
    self.name = name
    self.body = body
  }
}
