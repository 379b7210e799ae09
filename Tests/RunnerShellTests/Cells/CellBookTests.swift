import RunnerCore
import RunnerShell
import Testing

@Suite struct CellBookTests {
  private func book(_ outcomes: [CellBook.Outcome]) -> CellBook {
    var book = CellBook()
    for (number, outcome) in outcomes.enumerated() {
      book.begin(
        CellRequest(source: "let n\(number) = 0"), number: number, declaring: ["n\(number)"])
      book.end(number, outcome)
    }
    return book
  }

  @Test func `a lost worker takes the names with it, and leaves the cells that worked`() {
    var book = book([.worked, .failed, .worked, .begun])
    #expect(book.declaredNames == ["n0", "n1", "n2", "n3"])
    #expect(book.worked.count == 2)
    book.lose()
    #expect(book.declaredNames.isEmpty)
    #expect(book.worked.isEmpty)
    #expect(book.lost.map(\.source) == ["let n0 = 0", "let n2 = 0"])
  }

  @Test func `what ran again before the next loss comes before what did not`() {
    var book = book([.worked, .worked])
    book.lose()
    let first = CellRequest(source: "let n0 = 0")
    #expect(book.takeLost() == first)
    book.begin(first, number: 7, declaring: ["n0"])
    book.end(7, .worked)
    book.lose()
    #expect(book.lost.map(\.source) == ["let n0 = 0", "let n1 = 0"])
    #expect(book.takeLost() == first)
    book.putBack(first)
    #expect(book.lost.count == 2)
  }

  @Test func `nothing is left when everything is forgotten`() {
    var book = book([.worked])
    book.lose()
    book.forget()
    #expect(book.lost.isEmpty && book.declaredNames.isEmpty)
  }
}
