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
