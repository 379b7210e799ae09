package import RunnerCore

/// Draws where a task is.
package enum StackRendering {
  /// How many frames are drawn at most; a recursion may have many.
  private static let frameLimit = 100
  /// How many characters of a line of source are shown.
  private static let sourceLimit = 160
  private static let sourceIndent = "      "

  package static func render(
    _ stack: TaskStack, showsAll: Bool, sources: any SourceReader, _ spec: RenderSpec
  ) -> [StyledLine] {
    var lines = LineWrapping.wrap(title(stack, spec), indent: 0, hanging: 2, spec)
    if stack.kind == .notBegun || stack.kind == .ended || stack.frames.isEmpty {
      if let site = stack.task.creationSite {
        let made = StyledLine("made in \(VisibleText.line(site.description, spec))", .dim)
        lines += LineWrapping.wrap(made, indent: 2, hanging: 4, spec)
      }
    } else {
      lines += frames(stack, showsAll: showsAll, sources, spec)
    }
    if !stack.note.isEmpty {
      let note = StyledLine(VisibleText.line(stack.note, spec), .dim)
      lines += LineWrapping.wrap(note, indent: 0, hanging: 0, spec)
    }
    return lines
  }

  private static func title(_ stack: TaskStack, _ spec: RenderSpec) -> StyledLine {
    let task = stack.task
    let name = TaskName.full(task, spec)
    let words =
      switch stack.kind {
      case .notBegun: "has not begun"
      case .ended: ended(task, spec)
      case .running:
        stack.systemCall.map { "is running, in the system call \(VisibleText.line($0, spec))" }
          ?? "is running; its thread was seen here"
      case .suspended where task.state == .ready: "is ready to go on"
      case .suspended, .unknown:
        if let wait = task.wait {
          "waits for \(WaitRendering.text(wait, spec))"
        } else {
          "is \(task.state.rawValue)"
        }
      }
    return StyledLine([StyledText(name, .bold), StyledText(" " + words)])
  }

  private static func ended(_ task: TaskSnapshot, _ spec: RenderSpec) -> String {
    guard let ending = task.ending else { return "has ended and has no stack any more" }
    let words = EndingRendering.text(ending, spec)
    let verb = if case .cancelled = ending.outcome { "was " } else { "" }
    return "\(verb)\(words) "
      + "\(DurationStyle.sentence(ending.elapsed, spec)) ago; it has no stack any more"
  }

  /// Returns the functions in which an error was thrown, and the innermost one's line of source.
  static func frames(
    of error: ErrorSnapshot, sources: any SourceReader, _ spec: RenderSpec
  ) -> [StyledLine] {
    var lines: [StyledLine] = []
    for (index, frame) in error.frames.enumerated() {
      lines += LineWrapping.wrap(
        line(of: frame, showsAll: false, spec), indent: 2, hanging: 4, spec)
      if index == 0 { lines += source(of: frame, sources, spec) }
    }
    return lines
  }

  /// Returns the line of source that a frame is in, where it can be read.
  private static func source(
    of frame: StackFrame, _ sources: any SourceReader, _ spec: RenderSpec
  ) -> [StyledLine] {
    guard let path = frame.path, let number = frame.line,
      let text = sources.line(number, of: path)
    else { return [] }
    let room = spec.width.map { max(10, $0 - sourceIndent.count) } ?? sourceLimit
    let source = VisibleText.excerpt(text.trimmed(), limit: min(room, sourceLimit), spec)
    return source.isEmpty ? [] : [StyledLine(sourceIndent + source, .accent)]
  }

  private static func frames(
    _ stack: TaskStack, showsAll: Bool, _ sources: any SourceReader, _ spec: RenderSpec
  ) -> [StyledLine] {
    let shown = stack.frames.filter { showsAll || !$0.isFolded }
    let awaiting = shown.firstIndex { !$0.isFolded }
    var lines: [StyledLine] = []
    for (index, frame) in shown.prefix(frameLimit).enumerated() {
      lines += LineWrapping.wrap(
        line(of: frame, showsAll: showsAll, spec), indent: 2, hanging: 4, spec)
      if index == awaiting { lines += source(of: frame, sources, spec) }
    }
    if shown.count > frameLimit {
      lines.append(StyledLine("  \(shown.count - frameLimit) more callers", .dim))
    }
    let folded = stack.frames.count - shown.count
    if folded > 0 {
      let count = CountLine.counted(folded, "library frame")
      let verb = folded == 1 ? "shows it" : "shows them"
      lines += LineWrapping.wrap(
        StyledLine("\(count) folded, --all-frames \(verb)", .dim), indent: 2, hanging: 4, spec)
    }
    return lines
  }

  private static func line(
    of frame: StackFrame, showsAll: Bool, _ spec: RenderSpec
  ) -> StyledLine {
    let name = showsAll ? frame.fullName : frame.function
    var runs = [
      StyledText(
        VisibleText.excerpt(name, limit: 300, spec), frame.isFolded ? .dim : .plain)
    ]
    let hasLine = frame.path != nil && frame.line != nil
    if let path = frame.path, let number = frame.line {
      let file = path.split(separator: "/").last.map(String.init) ?? path
      runs.append(StyledText(" at \(VisibleText.excerpt(file, spec)):\(number)", .dim))
    }
    if let resumption = frame.resumption, showsAll || !hasLine {
      runs.append(StyledText(", " + words(resumption), .dim))
    }
    return StyledLine(runs)
  }

  private static func words(_ resumption: StackFrame.Resumption) -> String {
    switch resumption {
    case .await(let number): "after its \(ordinal(number)) await"
    case .suspension(let number): "after its \(ordinal(number)) suspension"
    }
  }

  /// Returns `1st`, `2nd`, `11th`.
  static func ordinal(_ number: Int) -> String {
    let isTeen = (11...13).contains(number % 100)
    let suffix =
      switch number % 10 {
      case 1 where !isTeen: "st"
      case 2 where !isTeen: "nd"
      case 3 where !isTeen: "rd"
      default: "th"
      }
    return "\(number)\(suffix)"
  }
}
