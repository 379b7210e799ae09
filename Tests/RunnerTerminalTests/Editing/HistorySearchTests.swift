import Testing

@testable import RunnerTerminal

@Suite struct HistorySearchTests {
  private let entries = ["let a = 1", "run x", "let b = 世", "ps"]

  private func search() -> HistorySearch {
    HistorySearch(entries, original: LineText(scalars: Array("draft".unicodeScalars), cursor: 5))
  }

  @Test func `it begins with the line as it was`() {
    #expect(search().shown.string == "draft")
  }

  @Test func `letters find the newest, and the search goes older and newer`() {
    var search = search()
    for scalar in "let".unicodeScalars { #expect(search.take(scalar.value) == .goOn) }
    #expect(search.shown.string == "let b = 世")
    #expect(search.take(EditorKey.search.rawValue) == .goOn)
    #expect(search.shown.string == "let a = 1")
    search.older()
    #expect(search.hasFailed && search.shown.string == "let a = 1")
    search.newer()
    #expect(!search.hasFailed && search.shown.string == "let b = 世")
  }

  @Test func `the cursor is where the query begins`() {
    var search = search()
    search.append("世")
    #expect(search.shown.cursor == 8)
  }

  @Test func `a letter more may keep the entry`() {
    var search = search()
    search.append("l")
    search.append("e")
    #expect(search.found == 2)
  }

  @Test func `removing letters begins again from the newest`() {
    var search = search()
    for scalar in "let a".unicodeScalars { search.append(scalar) }
    #expect(search.found == 0)
    search.removeLast()
    search.removeLast()
    #expect(search.found == 2)
    for _ in 0..<9 { search.removeLast() }
    #expect(search.found == nil && search.query.isEmpty)
  }

  @Test
  func `a search that finds nothing marks what is not there, and says that the entry is no hit`() {
    var search = search()
    for scalar in "let zz".unicodeScalars { search.append(scalar) }
    #expect(search.isAstray && search.shown.string == "let b = 世" && search.shown.cursor == 0)
    #expect(
      search.prompt(Palette(usesStyles: true)) == [
        PaintedText("failed search `let "), PaintedText("zz", sgr: "31"),
        PaintedText("`, last match: "),
      ])
    search.removeLast()
    search.removeLast()
    #expect(
      !search.isAstray
        && search.prompt(Palette(usesStyles: true)).map(\.text) == ["search `let `: "])
  }

  @Test func `a search that never found anything shows the line, and says so`() {
    var search = search()
    search.append("q")
    let plain = search.prompt(Palette(usesStyles: false)).map(\.text).joined()
    #expect(plain == "failed search `q`, line: " && search.shown.string == "draft")
    var empty = HistorySearch(entries, original: LineText(scalars: [], cursor: 0))
    empty.append("q")
    #expect(empty.prompt(Palette(usesStyles: false)).map(\.text).joined() == "failed search `q`: ")
  }

  @Test func `Ctrl-G cancels, other keys accept`() {
    var search = search()
    #expect(search.take(7) == .cancel)
    #expect(search.take(1) == .accept)
    #expect(search.take(EditorKey.enter.rawValue) == .accept)
    #expect(search.take(0x1B) == .accept)
  }

  @Test func `an empty history finds nothing`() {
    var search = HistorySearch([], original: LineText(scalars: [], cursor: 0))
    search.append("x")
    search.older()
    search.newer()
    #expect(search.found == nil && search.hasFailed)
  }
}
