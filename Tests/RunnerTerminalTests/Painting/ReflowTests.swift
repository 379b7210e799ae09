import CEditLine
import TerminalTesting
import Testing

@testable import RunnerTerminal

/// Windows that change their width again and again, compared with a screen that was painted once.
@Suite struct ReflowTests {
  private func frame(_ text: String, _ cursor: Int) -> Frame {
    var frame = Frame()
    frame.prompt = [PaintedText("> ")]
    frame.continuationPrompt = [PaintedText(". ")]
    frame.text = Array(text.unicodeScalars)
    frame.cursor = cursor
    return frame
  }

  @Test(arguments: 1...40)
  func `after each resize the prompt stands once, below what was there before`(seed: Int) {
    cedit_use_utf8_locale()
    var generator = SeededGenerator(seed: UInt64(seed))
    var columns = Int.random(in: 8...40, using: &generator)
    var screen = Screen(columns: columns, rows: 60)
    var renderer = Renderer(columns: columns, lines: 60)
    let earlier = seed.isMultiple(of: 2) ? "one\r\ntwo\r\n" : ""
    screen.feed(Array(earlier.utf8))
    var text = ""
    for _ in 0..<Int.random(in: 1...30, using: &generator) {
      text += ["abc", "日本", "word ", "x", "語", "\n"].randomElement(using: &generator) ?? ""
    }
    for _ in 0..<12 {
      let cursor = Int.random(in: 0...text.unicodeScalars.count, using: &generator)
      screen.feed(renderer.draw(frame(text, cursor)))
      var once = Screen(columns: columns, rows: 60)
      var fresh = Renderer(columns: columns, lines: 60)
      once.feed(Array(earlier.utf8) + fresh.draw(frame(text, cursor)))
      #expect(screen.text == once.text && screen.scrollback.isEmpty)
      #expect((screen.row, screen.column) == (once.row, once.column))
      columns = Int.random(in: 8...40, using: &generator)
      screen.resize(columns: columns, rows: 60)
      renderer.resize(columns: columns, lines: 60)
    }
  }
}
