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
    let bytes = renderer.draw(frame(editLine.text))
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

  private func frame(_ text: LineText) -> Frame {
    var frame = Frame()
    frame.live = live.live
    frame.prompt = search?.prompt ?? palette.paint(request.prompt)
    frame.continuationPrompt = palette.paint(request.continuationPrompt)
    let shown = search?.shown ?? text
    frame.text = shown.scalars
    frame.cursor = shown.cursor
    frame.menu =
      menu?.rows(columns: renderer.columns, lines: renderer.lines, palette: palette) ?? []
    return frame
  }
}
