/// Where a session writes; called from the thread that executes and from those that notify.
package protocol SessionOutput: Sendable {
  /// Writes whole lines.
  func write(_ lines: [StyledLine], to channel: OutputChannel, _ spec: RenderSpec)

  /// Shows a line in place of the last such line, or takes that away; it is no output, and leaves no trace.
  ///
  /// With `whileTyping` it leaves room for what is typed.
  func showProgress(_ line: StyledLine?, whileTyping: Bool, _ spec: RenderSpec)
}

extension SessionOutput {
  package func showProgress(_ line: StyledLine?, whileTyping: Bool, _ spec: RenderSpec) {}
}

/// What kind of text is written: a pipe gets the results only.
package enum OutputChannel: Hashable, Sendable {
  /// A value, a listing, a document or the number of a new task: what the command was typed for.
  case result
  /// What a command says about its doing, and what happens in the background.
  case note
  case error
}
