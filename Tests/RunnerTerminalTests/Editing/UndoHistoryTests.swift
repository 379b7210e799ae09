import Testing

@testable import RunnerTerminal

@Suite struct UndoHistoryTests {
  private func text(_ string: String) -> LineText {
    LineText(scalars: Array(string.unicodeScalars), cursor: string.unicodeScalars.count)
  }

  @Test func `it keeps 200 states`() {
    var changes = UndoHistory()
    for index in 0...250 { changes.note(text("\(index)")) }
    var line = text("end")
    var count = 0
    while let state = changes.undo(from: line) {
      line = state
      count += 1
    }
    #expect(count == 200 && line.string == "51")
  }

  @Test func `of long texts it keeps as many as a megabyte of characters, and one at least`() {
    var changes = UndoHistory()
    let long = String(repeating: "x", count: 400_000)
    for index in 0..<5 { changes.note(text(long + "\(index)")) }
    #expect(changes.undo(from: text("")) == text(long + "4"))
    #expect(changes.undo(from: text("")) == text(long + "3"))
    #expect(changes.undo(from: text("")) == nil)
    changes.note(text(String(repeating: "y", count: 2_000_000)))
    #expect(changes.undo(from: text("")) != nil)
  }

  @Test func `a word and the blanks behind it are one change, and a run without a pause too`() {
    var changes = UndoHistory()
    #expect(changes.needsNote(before: .word))
    changes.begin(.word)
    #expect(!changes.needsNote(before: .word) && !changes.needsNote(before: .blank))
    changes.begin(.blank)
    #expect(changes.needsNote(before: .word) && !changes.needsNote(before: .word, isRun: true))
    #expect(changes.needsNote(before: .other))
    changes.begin(.other)
    #expect(changes.needsNote(before: .blank))
  }
}
