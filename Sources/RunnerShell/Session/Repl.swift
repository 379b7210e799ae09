/// Reads inputs and executes them until there are no more.
package struct Repl {
  private let session: Session
  private var hasHinted = false

  package init(_ session: Session) {
    self.session = session
  }

  /// Reads all sources in their order, closes the runners, and returns the exit status.
  ///
  /// A batch ends at its first error; a person may make as many as they like.
  package mutating func run(_ sources: [ReplSource]) -> ShellStatus {
    var status = ShellStatus.ok
    for source in sources {
      let result = read(source)
      status = result.status
      if result.endsSession { return status }
      if session.settings.isBatch && status != .ok { break }
    }
    let closing = session.leave()
    return session.verdict ?? (status == .ok ? closing : status)
  }

  /// Reads one source to its end.
  private mutating func read(_ source: ReplSource) -> CommandResult {
    if let script = source.script {
      return session.runScript(script, name: source.name ?? "script")
    }
    let isBatch = session.settings.isBatch
    var input = ""
    var lineNumber = 0
    var firstLine = 1
    while true {
      switch readLine(source.reader, continuing: !input.isEmpty) {
      case .line(let line):
        lineNumber += 1
        if input.isEmpty { firstLine = lineNumber }
        let text = input.isEmpty ? line : input + "\n" + line
        input = ""
        for part in parts(of: text, cameAtOnce: text == line) {
          let place = source.name.map { InputLocation(source: $0, line: firstLine + part.line) }
          let result = session.execute(part.text, at: place)
          if result.needsMore {
            input = part.text
            firstLine += part.line
            break
          }
          if result.endsSession || (isBatch && result.status != .ok) { return result }
          // Ctrl-C is meant for all that was pasted.
          if result.status == .interrupted { break }
        }
        lineNumber += line.unicodeScalars.count { $0 == "\n" }
      case .interrupted(let hadText):
        if isBatch { return CommandResult(status: .interrupted) }
        if input.isEmpty && !hadText { hint() }
        input = ""
      case .endOfInput:
        guard !input.isEmpty else { return CommandResult() }
        // The rest of an input never came: say so where it begins.
        let error = CommandError.unfinished
        session.writeError(error.message)
        return CommandResult(status: isBatch ? error.status : .ok)
      }
    }
  }

  /// Returns the inputs of what was typed; what came line by line is one input.
  private func parts(of text: String, cameAtOnce: Bool) -> [InputSplitter.Part] {
    cameAtOnce
      ? InputSplitter(session.classifier).parts(of: text)
      : [InputSplitter.Part(text: text, line: 0)]
  }

  /// Reads one line; the counts in its prompt stay true meanwhile.
  private func readLine(_ reader: any LineReader, continuing: Bool) -> LineResult {
    let (counts, areMoving) = session.promptCounts()
    let session = session
    let watch =
      areMoving
      ? PromptWatch(session, shown: counts) { [weak reader] in
        reader?.changePrompts(session.lineRequest(continuing: continuing, $0))
      } : nil
    defer { watch?.stop() }
    return reader.readLine(session.lineRequest(continuing: continuing, counts))
  }

  /// Says once how to leave.
  private mutating func hint() {
    guard !hasHinted else { return }
    hasHinted = true
    session.write([StyledLine("type quit or press Ctrl-D to leave", .dim)], to: .note)
  }
}
