import Testing

@testable import RunnerTerminal

@Suite struct HistorySuggestionTests {
  private let entries = ["run fetch(1)", "ps --all", "run countdown(3)", "f {\n  1\n}", "ps"]

  private func rest(_ text: String, _ suggestion: inout HistorySuggestion) -> String? {
    suggestion.rest(of: Array(text.unicodeScalars), in: entries).map { Graphemes.string($0) }
  }

  @Test func `the newest entry that goes on is suggested, and an older one when it no longer fits`()
  {
    var suggestion = HistorySuggestion()
    #expect(rest("r", &suggestion) == "un countdown(3)")
    #expect(rest("run ", &suggestion) == "countdown(3)")
    #expect(rest("run f", &suggestion) == "etch(1)")
    #expect(rest("run fx", &suggestion) == nil)
    #expect(rest("run fxy", &suggestion) == nil)
    #expect(rest("run c", &suggestion) == "ountdown(3)")
    #expect(rest("f {", &suggestion) == "\n  1\n}")
  }

  @Test func `nothing is suggested for nothing, and not the line itself`() {
    var suggestion = HistorySuggestion()
    #expect(rest("", &suggestion) == nil)
    #expect(rest("ps --all", &suggestion) == nil)
    #expect(rest("ps", &suggestion) == " --all")
  }

  @Test func `what is typed in other scalars is not gone on with`() {
    var suggestion = HistorySuggestion()
    let composed = Array("é".unicodeScalars)
    #expect(suggestion.rest(of: composed, in: ["e\u{301}x"]) == nil)
  }

  @Test(arguments: [
    ("un countdown(3)", "un"), (" countdown(3)", " countdown"), ("(3)", "(3"), (")", ")"),
    ("\n  1\n}", "\n  1"), ("世界 x", "世界"),
  ])
  func `a word comes with what stands before it`(rest: String, word: String) {
    let scalars = Array(rest.unicodeScalars)
    #expect(Graphemes.string(HistorySuggestion.firstWord(of: scalars[...])) == word)
  }
}
