import CEditLine
import TerminalTesting
import Testing

@testable import RunnerTerminal

/// Characters of several scalars, about which terminals disagree: some add up what each scalar takes, others join them.
@Suite struct CharacterWidthTests {
  static let characters = [
    "🇩🇪", "🇩", "👍🏽", "☝🏽", "👨‍👩‍👧", "👩‍💻", "❤️", "❤️‍🔥", "1️⃣", "🏴\u{E0067}\u{E0062}\u{E007F}",
    "\u{1112}\u{1161}\u{11AB}", "\u{0915}\u{093E}", "e\u{301}", "か\u{3099}", "⌚\u{FE0E}", "日",
  ]

  init() { cedit_use_utf8_locale() }

  private func frame(_ text: String, _ cursor: Int) -> Frame {
    var frame = Frame()
    frame.prompt = [PaintedText("> ")]
    frame.text = Array(text.unicodeScalars)
    frame.cursor = cursor
    return frame
  }

  @Test(arguments: [
    ("🇩🇪", 2), ("🇩", 2), ("👍🏽", 2), ("☝🏽", 2), ("👨‍👩‍👧", 2), ("❤️", 2), ("❤", 1), ("1️⃣", 2), ("1", 1),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("\u{0915}\u{093E}", 2), ("e\u{301}", 1), ("日", 2),
  ])
  func `an emoji takes two columns, and all else what its scalars add up to`(
    text: String, width: Int
  ) {
    #expect(Glyph.width(of: text) == width)
  }

  @Test(arguments: characters, [false, true])
  func `the cursor stands where what follows is, wherever it goes`(character: String, joins: Bool) {
    var screen = Screen(columns: 20, rows: 4, joinsCharacters: joins)
    var renderer = Renderer(columns: 20, lines: 4)
    let text = "xyxyxy\(character)ab"
    let scalars = Array(text.unicodeScalars)
    // What stood there before must not shine through.
    screen.feed(renderer.draw(frame("012345678901234", 0)))
    var place = scalars.count
    var seen = Set<Int>()
    while true {
      screen.feed(renderer.draw(frame(text, place)))
      let column = 2 + Glyph.width(of: Graphemes.string(scalars[..<place]))
      #expect(screen.column == column && screen.row == 0)
      let end = 8 + Glyph.width(of: character)
      #expect(
        screen.character(row: 0, column: end) == "a"
          && screen.character(row: 0, column: end + 1) == "b")
      #expect(screen.lines[0].hasPrefix("> xyxyxy"))
      #expect(!screen.lines[0].contains("7") && screen.unknown.isEmpty)
      seen.insert(place)
      guard place > 0 else { break }
      place -= Graphemes.length(in: scalars, before: place)
    }
    #expect(seen.count == text.count + 1)
  }

  @Test(arguments: characters, 1...9)
  func `at the end of a row nothing is torn or pushed into the next`(character: String, before: Int)
  {
    let text = String(repeating: "x", count: before) + character + "abcdefgh"
    for joins in [false, true] {
      var screen = Screen(columns: 10, rows: 6, joinsCharacters: joins)
      var renderer = Renderer(columns: 10, lines: 6)
      screen.feed(renderer.draw(frame(text, 0)))
      let shown = screen.lines.joined()
      #expect(shown.filter { "xabcdefgh".contains($0) } == text.filter { "xabcdefgh".contains($0) })
      #expect(screen.unknown.isEmpty && (screen.row, screen.column) == (0, 2))
    }
  }

  @Test func `a suggestion never leaves its row`() {
    for before in 1...9 {
      var screen = Screen(columns: 10, rows: 4)
      var renderer = Renderer(columns: 10, lines: 4)
      var new = frame(String(repeating: "x", count: before), before)
      new.suggestion = [PaintedText("👨‍👩‍👧👨‍👩‍👧", sgr: "2")]
      screen.feed(renderer.draw(new))
      #expect(screen.lines[2].isEmpty && (before == 8 || before == 9 || screen.lines[1].isEmpty))
    }
  }
}
