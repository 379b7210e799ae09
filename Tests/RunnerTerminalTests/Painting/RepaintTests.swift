import CEditLine
import TerminalTesting
import Testing

@testable import RunnerTerminal

/// Frame after frame: what is on the screen already is not written again, and the screen is right all the same.
@Suite struct RepaintTests {
  private func frame(_ text: String, _ cursor: Int? = nil, suggestion: String = "") -> Frame {
    var frame = Frame()
    frame.prompt = [PaintedText("> ")]
    frame.continuationPrompt = [PaintedText(". ")]
    frame.text = Array(text.unicodeScalars)
    frame.cursor = cursor ?? frame.text.count
    if !suggestion.isEmpty { frame.suggestion = [PaintedText(suggestion, sgr: "2")] }
    return frame
  }

  @Test func `a row that stays the same is not written again`() {
    var renderer = Renderer(columns: 20, lines: 6)
    _ = renderer.draw(frame("one\ntwo\nthree"))
    let end = String(decoding: renderer.draw(frame("one\ntwo\nthree!")), as: UTF8.self)
    #expect(end.contains("three!") && !end.contains("one") && !end.contains("two"))
    let middle = String(decoding: renderer.draw(frame("one\ntwo!\nthree!", 8)), as: UTF8.self)
    #expect(middle.contains("two!") && !middle.contains("one") && !middle.contains("three"))
    let cursor = String(decoding: renderer.draw(frame("one\ntwo!\nthree!", 0)), as: UTF8.self)
    #expect(!cursor.contains("one") && !cursor.contains("two"))
  }

  @Test(arguments: 1...20)
  func `a screen painted over and over looks as if it was painted once`(seed: Int) {
    cedit_use_utf8_locale()
    var generator = SeededGenerator(seed: UInt64(seed))
    var screen = Screen(columns: 12, rows: 40)
    var renderer = Renderer(columns: 12, lines: 40)
    var text = ""
    for _ in 0..<200 {
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: text += "\n"
      case 1: text = String(text.dropLast(Int.random(in: 0...6, using: &generator)))
      case 2: text += "世界"
      case 3: text += String(repeating: "x", count: Int.random(in: 0...12, using: &generator))
      case 4: if let first = text.first { text = String(text.dropFirst()) + String(first) }
      default: text += "ab "
      }
      if text.unicodeScalars.count > 30 { text = String(text.suffix(10)) }
      let cursor = Int.random(in: 0...text.unicodeScalars.count, using: &generator)
      let ghost = cursor == text.unicodeScalars.count ? "ghost of a line" : ""
      screen.feed(renderer.draw(frame(text, cursor, suggestion: ghost)))
      var once = Screen(columns: 12, rows: 40)
      var fresh = Renderer(columns: 12, lines: 40)
      once.feed(fresh.draw(frame(text, cursor, suggestion: ghost)))
      #expect(screen.text == once.text)
      #expect((screen.row, screen.column) == (once.row, once.column))
      #expect(screen.unknown.isEmpty)
    }
  }
}
