import RunnerCore
import Testing

@testable import RunnerShell

/// What is coloured in a half-typed input; Swift's own words are tested where its parser is.
@Suite struct InputHighlighterTests {
  /// Calls digits numbers, so that it is seen which part of a text the grammar was asked about.
  private struct Digits: SwiftGrammar {
    func isUnfinished(_ text: String) -> Bool { BracketGrammar().isUnfinished(text) }
    func parses(_ text: String) -> Bool { BracketGrammar().parses(text) }
    func plainFile(of cells: [CellBook.Cell], runners: [String]) throws -> String { "" }
    func indentation(after text: String) -> Int { 0 }

    func tokens(of text: String) -> [SwiftToken] {
      text.utf8.enumerated().filter { (0x30...0x39).contains($0.element) }.map {
        SwiftToken($0.offset..<($0.offset + 1), .number)
      }
    }
  }

  /// Writes each part in brackets behind the first letter of its kind.
  private func marked(_ text: String, declared: Set<String> = []) -> String {
    var classifier = InputClassifier(grammar: Digits())
    classifier.declaredNames = declared
    var scalars = text.unicodeScalars.map { String($0) }
    for part in InputHighlighter.highlights(of: text, classifier).reversed() {
      let letter = "\(part.kind)".prefix(2)
      scalars[part.range.lowerBound] = "\(letter)[" + scalars[part.range.lowerBound]
      scalars[part.range.upperBound - 1] += "]"
    }
    return scalars.joined()
  }

  @Test(arguments: [
    ("ps", "co[ps]"), ("ps --all --sort age", "co[ps] fl[--all] fl[--sort] age"),
    ("  wher 3", "  co[wher] nu[3]"),
    (":cancel 2 --within 2s", "co[:cancel] nu[2] fl[--within] nu[2s]"),
    ("ps --match 'fetch *' x", "co[ps] fl[--match] st['fetch *'] x"),
    ("run main f(3)", "co[run] main f(nu[3])"),
    ("spawn f(1) --name a2", "co[spawn] f(nu[1]) fl[--name] anu[2]"),
    ("type 1 --name", "co[type] nu[1] --name"),
    ("unknown 3", "unknown nu[3]"), ("ps = 3", "ps = nu[3]"), ("cance 3", "cance nu[3]"),
    ("世 1", "世 nu[1]"), ("// a 1", "co[// a 1]"), ("", ""), (":", ":"), ("run", "co[run]"),
  ])
  func `commands, flags and Swift are told apart`(text: String, expected: String) {
    #expect(marked(text) == expected)
  }

  @Test func `lines are commands up to the first one that is Swift`() {
    #expect(marked("ps\nx 1\nps") == "co[ps]\nx nu[1]\nps")
    #expect(marked("run f {\n1\n}\nps") == "co[run] f {\nnu[1]\n}\nps")
    #expect(marked("run f(1)\nps") == "co[run] f(nu[1])\nco[ps]")
  }

  @Test func `a name that was declared hides a command`() {
    #expect(marked("ps 3", declared: ["ps"]) == "ps nu[3]")
  }
}
