import Testing

@testable import RunnerTerminal

@Suite struct LastArgumentTests {
  @Test(arguments: [
    ("run countdown(3)", "countdown(3)"), ("load \"my file.swift\"", "\"my file.swift\""),
    ("tasks  ", "tasks"), ("say \"open end", "\"open end"), ("  ", nil), ("f {\n  g(1)\n}", "}"),
  ])
  func `a last word ends at a blank that is not quoted`(entry: String, word: String?) {
    #expect(LastArgument.lastWord(of: entry) == word)
  }

  @Test func `again and again it goes back to the oldest entry`() throws {
    let entries = ["one 1", "two 2"]
    let first = try #require(LastArgument(before: 2, start: 4).next(in: entries))
    #expect(first.word == "2" && first.place.start == 4)
    let second = try #require(first.place.next(in: entries))
    #expect(second.word == "1" && second.place.next(in: entries) == nil)
  }
}
