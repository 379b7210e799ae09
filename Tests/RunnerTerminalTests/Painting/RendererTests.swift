import CEditLine
import TerminalTesting
import Testing

@testable import RunnerTerminal

/// Frames painted on a screen without a terminal.
@Suite struct RendererTests {
  private var screen: Screen
  private var renderer: Renderer

  init() {
    cedit_use_utf8_locale()
    screen = Screen(columns: 20, rows: 6)
    renderer = Renderer(columns: 20, lines: 6)
  }

  private func frame(_ text: String, cursor: Int? = nil) -> Frame {
    var frame = Frame()
    frame.prompt = [PaintedText("> ")]
    frame.continuationPrompt = [PaintedText(". ")]
    frame.text = Array(text.unicodeScalars)
    frame.cursor = cursor ?? frame.text.count
    return frame
  }

  private mutating func draw(_ frame: Frame) {
    screen.feed(renderer.draw(frame))
    #expect(screen.unknown.isEmpty)
  }

  private var cursor: [Int] { [screen.row, screen.column] }

  @Test mutating func `a prompt and its text`() {
    draw(frame("hello", cursor: 2))
    #expect(screen.text == "> hello")
    #expect(cursor == [0, 4])
  }

  @Test mutating func `nothing new is nothing written`() {
    draw(frame("hello"))
    #expect(renderer.draw(frame("hello")).isEmpty)
    #expect(!renderer.draw(frame("hello", cursor: 0)).isEmpty)
  }

  @Test mutating func `a full row puts the cursor on the next`() {
    draw(frame(String(repeating: "x", count: 18)))
    #expect(cursor == [1, 0])
    draw(frame(String(repeating: "x", count: 17)))
    #expect(cursor == [0, 19])
    #expect(screen.text == "> " + String(repeating: "x", count: 17))
  }

  @Test(arguments: Array(0...24))
  func `the cursor is right at every column of wide text`(place: Int) {
    var copy = self
    copy.draw(copy.frame("日本語日本語日本語日本語日本語日本語日本語日本語", cursor: place))
    // The prompt takes 2 columns, so 9 characters fit into each row.
    let expected = place < 9 ? [0, 2 + 2 * place] : [1 + (place - 9) / 10, (place - 9) % 10 * 2]
    #expect(copy.cursor == expected)
  }

  @Test mutating func `a wide character that does not fit goes to the next row with the cursor`() {
    draw(frame("x" + String(repeating: "日", count: 9), cursor: 9))
    #expect(screen.text == "> x日日日日日日日日\n日")
    #expect(cursor == [1, 0])
  }

  @Test mutating func `control characters and tabs are visible`() {
    draw(frame("a\u{3}\tb\u{1FAE8}"))
    #expect(screen.text.hasPrefix("> a^C   b"))
  }

  @Test mutating func `lines of an input have a continuation prompt`() {
    draw(frame("one\ntwo\n", cursor: 5))
    #expect(screen.text == "> one\n. two\n.")
    #expect(cursor == [1, 3])
  }

  @Test mutating func `a live row stands above the prompt`() {
    var new = frame("x")
    new.live = [.style("31"), .text("50%")]
    draw(new)
    #expect(screen.text == "50%\n> x")
    #expect(screen.style(row: 0, column: 0) == "31")
    #expect(screen.style(row: 1, column: 0) == "")
    draw(frame("x"))
    #expect(screen.text == "> x")
  }

  @Test(arguments: [
    ("seventeen columns", "…", "> seventeen columns"),
    ("eighteen columns!!", "…", "> eighteen columns…"),
    ("日本語日本語日本語日", "…", "> 日本語日本語日本…"), ("eighteen columns!!", "...", "> eighteen colum..."),
  ])
  func `what has no room in its row ends with an ellipsis`(
    suggestion: String, ellipsis: String, shown: String
  ) {
    var copy = self
    var new = copy.frame("")
    new.ellipsis = ellipsis
    new.suggestion = [PaintedText(suggestion, sgr: "2")]
    new.menu = [[PaintedText(suggestion)]]
    copy.draw(new)
    #expect(copy.screen.lines[0] == shown)
    #expect(copy.screen.style(row: 0, column: 2) == "2")
    #expect(copy.cursor == [0, 2])
  }

  @Test mutating func `a row without room for an ellipsis stays as it is`() {
    var new = frame(String(repeating: "x", count: 17))
    new.suggestion = [PaintedText("yy")]
    draw(new)
    #expect(screen.text == "> " + String(repeating: "x", count: 17))
  }

  @Test mutating func `erasing leaves nothing and returns to the start`() {
    screen.feed(Array("before\r\n".utf8))
    draw(frame("one\ntwo"))
    screen.feed(renderer.erase())
    #expect(screen.text == "before")
    #expect(cursor == [1, 0])
  }

  @Test mutating func `leaving goes below all rows`() {
    draw(frame("one\ntwo", cursor: 1))
    screen.feed(renderer.leave())
    #expect(cursor == [2, 0])
  }

  @Test mutating func `painting at the bottom scrolls`() {
    screen.feed(Array(String(repeating: "line\r\n", count: 5).utf8))
    draw(frame("one\ntwo\nthree"))
    draw(frame("one\ntwo\nthree!", cursor: 0))
    #expect(screen.text == "line\nline\nline\n> one\n. two\n. three!")
    #expect(cursor == [3, 2])
  }

  @Test mutating func `text higher than the screen shows the part with the cursor`() {
    let text = (0..<10).map(String.init).joined(separator: "\n")
    draw(frame(text))
    #expect(screen.text == (4..<10).map { ". \($0)" }.joined(separator: "\n"))
    draw(frame(text, cursor: 0))
    #expect(screen.lines[0] == "> 0")
    var last = frame(text)
    last.isFinal = true
    draw(last)
    #expect(
      screen.transcript.hasSuffix("> 0\n" + (1..<10).map { ". \($0)" }.joined(separator: "\n")))
  }

  @Test(arguments: [9, 12, 20, 40])
  func `a resize takes no row above the prompt, wherever the terminal leaves the cursor`(
    columns: Int
  ) {
    for length in 30...44 {
      for cursorIsInFullRow in [false, true] {
        var copy = self
        copy.screen = Screen(columns: 17, rows: 12)
        copy.renderer = Renderer(columns: 17, lines: 12)
        copy.screen.feed(Array("before\r\n".utf8))
        let text = String(repeating: "x", count: length)
        copy.draw(copy.frame(text))
        copy.screen.resize(columns: columns, rows: 12)
        // The screen leaves the cursor in a full row; other terminals put it into the next.
        if !cursorIsInFullRow, (length + 2) % columns == 0, (length + 2) % 17 != 0 {
          copy.screen.feed(Array("\u{1B}[B\r".utf8))
        }
        copy.renderer.resize(columns: columns, lines: 12)
        copy.draw(copy.frame(text))
        #expect(copy.screen.lines[0] == "before")
        #expect(copy.screen.lines[1...].contains { $0.hasPrefix("> x") })
      }
    }
  }

  @Test mutating func `wide characters that left a column free are no joined line for a resize`() {
    screen.feed(Array("before\r\n".utf8))
    let text = "x" + String(repeating: "日", count: 14)
    draw(frame(text))
    screen.resize(columns: 40, rows: 6)
    renderer.resize(columns: 40, lines: 6)
    draw(frame(text))
    #expect(screen.text == "before\n> \(text)")
  }

  @Test mutating func `nothing of a prompt in the first row goes into the scrollback`() {
    let text = String(repeating: "abcde", count: 9)
    draw(frame(text))
    for columns in [40, 60, 30, 20] {
      screen.resize(columns: columns, rows: 6)
      renderer.resize(columns: columns, lines: 6)
      draw(frame(text))
    }
    screen.feed(renderer.erase() + Array("output\r\n".utf8))
    draw(frame(text))
    #expect(screen.scrollback.isEmpty)
    #expect(screen.lines[0] == "output" && screen.lines[1] == "> " + text.prefix(18))
  }

  @Test(arguments: [7, 11, 15, 25, 40])
  func `a resize finds the rows again`(columns: Int) {
    var copy = self
    copy.screen.feed(Array("before\r\n".utf8))
    let text = String(repeating: "abcde", count: 9)
    copy.draw(copy.frame(text, cursor: 30))
    copy.screen.resize(columns: columns, rows: 12)
    copy.renderer.resize(columns: columns, lines: 12)
    copy.draw(copy.frame(text, cursor: 30))
    let whole = Array("> " + text)
    let rows = stride(from: 0, to: whole.count, by: columns).map {
      String(whole[$0..<min($0 + columns, whole.count)])
    }
    #expect(copy.screen.text == (["before"] + rows).joined(separator: "\n"))
    #expect(copy.cursor == [1 + 32 / columns, 32 % columns])
  }
}
