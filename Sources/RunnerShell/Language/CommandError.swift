/// An error that the shell itself finds, for the person at the prompt: one full sentence.
package struct CommandError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of error it is; decides the exit status.
  package enum Code: Hashable, Sendable {
    /// The line asks for something that no command means.
    case usage
    /// The command was understood, and cannot be done.
    case failed
  }

  package let code: Code

  /// One full sentence: what happened, to what, and what to do next.
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }

  /// The exit status of a batch that ends with this error.
  package var status: ShellStatus { code == .usage ? .usage : .failed }
}
