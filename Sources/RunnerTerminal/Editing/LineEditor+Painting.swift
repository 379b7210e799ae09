internal import RunnerShell

extension LineEditor {
  static let pasteOn = "\u{1B}[?2004h"
  static let pasteOff = "\u{1B}[?2004l"

  /// Prepares the screen for a prompt; called when the terminal is in raw mode already.
  ///
  /// After output without a line feed the prompt goes to a fresh line, and `%` marks where the output ended. What the
  /// person typed while no line was edited has been echoed by the terminal, and nobody knows where that left the
  /// cursor: a row of blanks wraps to the next row unless it began at the first column.
  func begin() {
    hasBegun = true
    let size = terminal.size
    renderer.start(columns: size.columns, lines: size.lines)
    let mark = palette.usesStyles ? "\u{1B}[0;7m%\u{1B}[0m\r\n" : "%\r\n"
    let blanks = String(repeating: " ", count: size.columns) + "\r"
    terminal.write((isAtLineStart ? blanks : mark) + Self.pasteOn)
  }

  /// Brings the screen up to date.
  func paint() {
    let text = editLine.text
    if let nextRequest, text.isEmpty, search == nil {
      request = nextRequest
      self.nextRequest = nil
    }
    let bytes = renderer.draw(frame(text))
    if !bytes.isEmpty { terminal.write(bytes) }
  }

  /// Shows output: whole lines above everything, the rest just above the prompt.
  func show(_ bytes: [UInt8]) {
    let whole = live.take(bytes)
    if !whole.isEmpty { terminal.write(renderer.erase() + whole) }
    paint()
  }

  /// Paints the line for the last time and goes below it.
  func leaveLine(_ text: LineText, suffix: String = "") {
    menu = nil
    search = nil
    let cut = live.takeCutTail()
    if !cut.isEmpty { terminal.write(renderer.erase() + cut) }
    var last = frame(text)
    last.cursor = text.scalars.count
    last.isFinal = true
    terminal.write(renderer.draw(last) + Array(suffix.utf8) + renderer.leave())
    live.endTail()
  }

  /// What Right would add: the rest of the newest entry that begins like the line.
  ///
  /// Only a style tells it from what is typed, so there is none without styles.
  func suggestedRest(of text: LineText) -> ArraySlice<Unicode.Scalar>? {
    guard palette.usesStyles, text.isCursorAtEnd, search == nil, menu == nil,
      assistant?.suggestsHistory ?? true
    else { return nil }
    return suggestion.rest(of: text.scalars, in: history.entries)
  }

  private func paint(suggestion rest: ArraySlice<Unicode.Scalar>) -> [PaintedText] {
    let end = rest.firstIndex(of: "\n")
    let line = Graphemes.string(rest[..<(end ?? rest.endIndex)])
    return [PaintedText(line + (end == nil ? "" : " \(palette.ellipsis)"), sgr: palette.dim)]
  }

  private func frame(_ text: LineText) -> Frame {
    var frame = Frame()
    frame.live = live.live(ellipsis: palette.ellipsis)
    frame.ellipsis = palette.ellipsis
    frame.prompt = search?.prompt(palette) ?? palette.paint(request.prompt)
    frame.continuationPrompt = palette.paint(request.continuationPrompt)
    let shown = search?.shown ?? text
    frame.text = shown.scalars
    frame.cursor = shown.cursor
    if search?.isAstray ?? false {
      frame.spans = [PaintedSpan(range: 0..<shown.scalars.count, sgr: palette.dim)]
    } else if let assistant {
      frame.spans = highlighting.spans(of: shown.scalars, palette, assistant)
    }
    if let rest = suggestedRest(of: text) { frame.suggestion = paint(suggestion: rest) }
    frame.menu =
      menu?.rows(columns: renderer.columns, lines: renderer.lines, palette: palette) ?? []
    return frame
  }
}
