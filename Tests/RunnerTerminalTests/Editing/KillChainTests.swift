import Testing

@testable import RunnerTerminal

@Suite struct KillChainTests {
  private func text(_ string: String, _ cursor: Int) -> LineText {
    LineText(scalars: Array(string.unicodeScalars), cursor: cursor)
  }

  private let kill = "\"^W\"   ->  ed-delete-prev-word"

  @Test func `what is killed backwards goes before, and forwards behind`() {
    var kills = KillChain()
    kills.begin(kill, text("one two three", 8), follows: false)
    kills.close(text("one three", 4))
    #expect(kills.joined == nil)
    kills.begin(kill, text("one three", 4), follows: true)
    kills.close(text("one ", 4))
    #expect(kills.joined.map { Graphemes.string($0) } == "two three")
    kills.begin("\"^[w\"  ->  em-copy-region", text("one ", 4), follows: false)
    #expect(kills.joined == nil)
  }

  @Test func `a kill that takes nothing does not break the chain`() {
    var kills = KillChain()
    kills.begin(kill, text("a b", 3), follows: false)
    kills.close(text("a ", 2))
    kills.begin(kill, text("a ", 2), follows: true)
    kills.close(text("a ", 2))
    kills.begin(kill, text("a ", 2), follows: true)
    kills.close(text("", 0))
    #expect(kills.joined.map { Graphemes.string($0) } == "a b")
  }

  @Test func `a line that ended meanwhile has killed nothing`() {
    var kills = KillChain()
    kills.begin(kill, text("a b", 3), follows: false)
    kills.interrupt()
    #expect(!kills.isOpen)
    kills.close(text("", 0))
    #expect(
      kills.joined == nil && !KillChain.isKill("\"x\" -> ed-insert") && !KillChain.isKill(nil))
  }
}
