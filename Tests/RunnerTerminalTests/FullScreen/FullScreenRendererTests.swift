import CEditLine
import RunnerShell
import TerminalTesting
import Testing

@testable import RunnerTerminal

@Suite struct FullScreenRendererTests {
  private var screen = Screen(columns: 20, rows: 4)
  private var renderer = FullScreenRenderer()

  init() {
    cedit_use_utf8_locale()
    screen.feed(Array("$ top\r\n".utf8))
    screen.feed(renderer.enter(columns: 20, lines: 4, palette: Palette(usesStyles: true)))
  }

  /// Draws lines and returns the bytes as text; `>` before one marks it as selected.
  @discardableResult
  private mutating func draw(_ lines: String..., cursor: ScreenPlace? = nil) -> String {
    let rows = lines.map { line in
      line.hasPrefix(">")
        ? ScreenRow(StyledLine(line), isSelected: true) : ScreenRow(StyledLine(line))
    }
    let bytes = renderer.draw(ScreenFrame(rows: rows, cursor: cursor))
    screen.feed(bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test mutating func `a frame is painted on a screen of its own, and left without a trace`() {
    draw("one", "> two", "three")
    #expect(screen.text == "one\n> two\nthree")
    #expect(!screen.modes.contains("25"))
    screen.feed(renderer.leave())
    #expect(screen.text == "$ top")
    #expect((screen.row, screen.column) == (1, 0))
    #expect(screen.modes == ["25"])
    #expect(screen.unknown.isEmpty)
  }

  @Test mutating func `only the rows that changed are written, each at its place`() {
    draw("one", "two", "three")
    #expect(draw("one", "two", "three") == "")
    #expect(draw("one", "2", "three") == "\u{1B}[2;1H2\u{1B}[K")
    #expect(draw("one", "22", "three") == "\u{1B}[2;1H22")
    #expect(draw("one") == "\u{1B}[2;1H\u{1B}[K\u{1B}[3;1H\u{1B}[K")
    #expect(screen.text == "one")
  }

  @Test
  mutating func `long rows are cut before the last column, and rows below the screen dropped`() {
    draw(String(repeating: "x", count: 40), "日本日本日本日本日本日本", "3", "4", "5", "6")
    #expect(
      screen.lines == [
        String(repeating: "x", count: 19), "日本日本日本日本日", "3", "4",
      ])
    #expect(screen.scrollback.isEmpty)
  }

  @Test mutating func `the selected row is reverse over the whole width`() {
    draw("a", ">b")
    #expect(screen.style(row: 1, column: 0) == "7")
    #expect(screen.style(row: 1, column: 18) == "7")
    #expect(screen.style(row: 0, column: 0) == "")
    draw(">a", "b")
    #expect(screen.style(row: 0, column: 18) == "7")
    #expect(screen.style(row: 1, column: 0) == "" && screen.style(row: 1, column: 18) == "")
  }

  @Test mutating func `without styles there is no SGR but the reset at the start`() {
    screen.feed(renderer.enter(columns: 20, lines: 4, palette: Palette(usesStyles: false)))
    let first = draw("a", ">b")
    #expect(first.replacing("\u{1B}[0m", with: "").firstMatch(of: /\u{1B}\[[0-9;]*m/) == nil)
    #expect(draw(">a", ">c").firstMatch(of: /\u{1B}\[[0-9;]*m/) == nil)
  }

  @Test mutating func `the cursor is seen only where text is edited`() {
    draw("a", "/b", cursor: ScreenPlace(row: 1, column: 2))
    #expect((screen.row, screen.column) == (1, 2))
    #expect(screen.modes.contains("25"))
    #expect(
      draw("c", "/b", cursor: ScreenPlace(row: 1, column: 2))
        == "\u{1B}[?25l\u{1B}[1;1Hc\u{1B}[2;3H\u{1B}[?25h")
    #expect(draw("c", "/b") == "\u{1B}[?25l")
    #expect(draw("c", "/b") == "")
  }

  @Test mutating func `after a resize everything is painted anew`() {
    draw("a", "b", "c", "d")
    screen.resize(columns: 10, rows: 2)
    renderer.resize(columns: 10, lines: 2)
    draw("a long row that is cut", "b", "c")
    #expect(screen.lines == ["a long ro", "b"])
    #expect(screen.unknown.isEmpty)
  }
}
