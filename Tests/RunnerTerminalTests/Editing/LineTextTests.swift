import Testing

@testable import RunnerTerminal

@Suite struct LineTextTests {
  private func text(_ string: String, _ cursor: Int) -> LineText {
    LineText(scalars: Array(string.unicodeScalars), cursor: cursor)
  }

  @Test func `a character is passed whole`() {
    let family = text("a👨‍👩‍👧e\u{301}b", 1)
    #expect(family.next == 6)
    #expect(text("a👨‍👩‍👧e\u{301}b", 8).previous == 6)
    #expect(text("ab", 2).next == 2)
    #expect(text("ab", 0).previous == 0)
  }

  @Test func `lines have a start and an end`() {
    let line = text("one\ntwo\nthree", 5)
    #expect(line.lineStart == 4 && line.lineEnd == 7)
    #expect(text("", 0).lineStart == 0 && text("", 0).lineEnd == 0)
  }

  @Test func `up and down keep the column where they can`() {
    #expect(text("three\none\nthree", 14).above == 9)
    #expect(text("three\none\nthree", 2).below == 8)
    #expect(text("three\none\nthree", 5).below == 9)
    #expect(text("one", 1).above == nil && text("one", 1).below == nil)
  }

  @Test func `indentation is blanks only`() {
    #expect(text("a\n \tb", 4).isCursorInIndentation)
    #expect(!text("a\n b", 4).isCursorInIndentation)
  }

  @Test func `codes of keys are not handed over`() {
    #expect(text("a\u{80}b", 0).input == "ab")
  }
}
