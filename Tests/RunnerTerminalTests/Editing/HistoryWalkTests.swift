import Testing

@testable import RunnerTerminal

@Suite struct HistoryWalkTests {
  private func step(_ walk: inout HistoryWalk, _ offset: Int, _ text: String = "") -> String? {
    walk.step(offset, from: Array(text.unicodeScalars)).map { Graphemes.string($0) }
  }

  @Test func `up goes older and down comes back to the draft`() {
    var walk = HistoryWalk(["one", "two"])
    #expect(step(&walk, -1, "draft") == "two")
    #expect(step(&walk, -1, "two") == "one")
    #expect(step(&walk, -1, "one") == nil)
    #expect(step(&walk, +1, "one") == "two")
    #expect(step(&walk, +1, "two") == "draft")
    #expect(step(&walk, +1, "draft") == nil)
  }

  @Test func `a long draft comes back whole`() {
    var walk = HistoryWalk(["one"])
    let draft = String(repeating: "x", count: 5000)
    _ = step(&walk, -1, draft)
    #expect(step(&walk, +1) == draft)
  }

  @Test func `an entry that was changed comes back changed, until the next line`() {
    var walk = HistoryWalk(["one", "two"])
    #expect(step(&walk, -1, "draft") == "two")
    #expect(step(&walk, -1, "two!") == "one")
    #expect(step(&walk, +1, "one?") == "two!")
    #expect(step(&walk, -1, "two!") == "one?")
    #expect(step(&walk, +1, "one?") == "two!" && step(&walk, +1, "two!") == "draft")
  }

  @Test func `a search result is a place to go on from`() {
    var walk = HistoryWalk(["one", "two", "three"])
    walk.jump(to: 1, from: Array("draft".unicodeScalars))
    #expect(step(&walk, -1, "two") == "one")
    #expect(step(&walk, +1, "one") == "two")
    #expect(step(&walk, +1, "two") == "three")
    #expect(step(&walk, +1, "three") == "draft")
  }
}
