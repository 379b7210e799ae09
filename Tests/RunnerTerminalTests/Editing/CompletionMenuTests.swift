import RunnerShell
import Testing

@testable import RunnerTerminal

@Suite struct CompletionMenuTests {
  private func menu(_ words: [String], notes: [String] = []) -> CompletionMenu {
    let candidates = words.enumerated().map { index, word in
      LineCompletions.Candidate(word, note: index < notes.count ? notes[index] : "")
    }
    return CompletionMenu(LineCompletions(start: 0, candidates: candidates))
  }

  private func text(_ rows: [[PaintedText]]) -> [String] {
    rows.map { row in
      var text = row.map(\.text).joined()
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  @Test func `steps go around both ends`() {
    var forward = menu(["a", "b"])
    #expect([forward.step(1), forward.step(1), forward.step(1)] == ["a", "b", "a"])
    var backward = menu(["a", "b"])
    #expect([backward.step(-1), backward.step(-1)] == ["b", "a"])
  }

  @Test func `the common prefix is of whole characters`() {
    #expect(menu(["runner_a", "runner_b", "run"]).commonPrefix == "run")
    #expect(menu(["a", "b"]).commonPrefix == "")
  }

  @Test func `words stand in columns`() {
    let rows = menu(["a", "bb", "ccc", "d"]).rows(
      columns: 16, lines: 24, palette: Palette(usesStyles: true))
    #expect(text(rows) == ["a    bb   ccc", "d"])
  }

  @Test func `a word with a note has its own row`() {
    let rows = menu(["a", "bbb"], notes: ["first", "second"]).rows(
      columns: 40, lines: 24, palette: Palette(usesStyles: true))
    #expect(text(rows) == ["a    first", "bbb  second"])
  }

  @Test func `the choice is marked with and without styles`() {
    var menu = menu(["a", "b"])
    _ = menu.step(1)
    let styled = menu.rows(columns: 40, lines: 24, palette: Palette(usesStyles: true))
    #expect(styled[0].filter { $0.sgr == "7" }.map(\.text) == ["a"])
    let plain = menu.rows(columns: 40, lines: 24, palette: Palette(usesStyles: false))
    #expect(text(plain) == ["a< b"])
    #expect(plain[0].allSatisfy { $0.sgr.isEmpty })
  }

  @Test func `a menu without Unicode says its size in ASCII`() {
    let rows = menu((0..<500).map { "word\($0)" }).rows(
      columns: 10, lines: 24, palette: Palette(usesStyles: false, usesASCII: true))
    #expect(text(rows).last == "... 500 candidates")
  }

  @Test func `a long menu is cut around the choice and says its size`() {
    var menu = menu((0..<500).map { "word\($0)" })
    for _ in 0..<250 { _ = menu.step(1) }
    let rows = text(menu.rows(columns: 10, lines: 24, palette: Palette(usesStyles: true)))
    #expect(rows.count == 11)
    #expect(rows.contains("word249"))
    #expect(rows.last == "… 500 candidates")
  }
}
