package import RunnerCore

/// What a command gets to do its work with.
package struct CommandContext: Sendable {
  package let session: Session
  package let invocation: Invocation
  package let controller: any RunnerController
  package let spec: RenderSpec
  /// Where the lines go instead of to the session's output.
  private let capture: CapturedLines?

  package init(_ session: Session, _ invocation: Invocation) {
    self.session = session
    self.invocation = invocation
    controller = session.controller
    spec = session.rendering
    capture = nil
  }

  /// Makes a context for a command that another one repeats: what it writes is kept.
  package init(
    _ outer: CommandContext, _ invocation: Invocation, width: Int?, capture: CapturedLines
  ) {
    session = outer.session
    self.invocation = invocation
    controller = outer.controller
    var spec = outer.spec
    spec.width = width
    self.spec = spec
    self.capture = capture
  }

  /// Whether another command repeats this one.
  package var isRepeated: Bool { capture != nil }

  /// The name before an EXPR or in the first place, or else the runner in use.
  package var runner: String { invocation.words.first ?? session.currentRunner }

  /// The words that are no flags.
  package var words: [String] { invocation.words }

  /// Prints a document when JSON is asked for, and else lines for a person.
  package func show(_ document: @autoclosure () -> some JSONDocument, _ lines: [StyledLine]) throws
  {
    show(writesJSON ? [StyledLine(try JSONText.encode(document(), spec))] : lines)
  }

  /// Whether documents are asked for.
  package var writesJSON: Bool {
    session.settings.writesJSON || invocation.has(CommandFlag.json.name)
  }

  /// Prints what the command was typed for.
  package func show(_ lines: [StyledLine]) {
    if let capture { capture.add(lines) } else { session.write(lines, to: .result) }
  }

  /// Prints what the command did.
  package func note(_ lines: [StyledLine]) {
    if let capture { capture.add(lines) } else { session.write(lines, to: .note) }
  }

  /// Returns text from outside as it may be printed.
  package func visible(_ text: String) -> String { VisibleText.line(text, spec) }

  /// Finds the tasks that a person means.
  package var tasks: TaskResolver { TaskResolver(inspector: controller) }

  /// Returns the runner with this name as it is now.
  package func runnerSnapshot(_ name: String) throws -> RunnerSnapshot {
    guard let runner = try controller.runners().last(where: { $0.name == name }) else {
      throw CommandError.noRunner(name)
    }
    return runner
  }
}
