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
    #expect(book.worked.map(\.request.source) == ["let n0 = 0", "let n2 = 0"])
    #expect(book.lost.map(\.request.source) == ["let n0 = 0", "let n1 = 0", "let n2 = 0"])
  }

  @Test func `what ran again before the next loss comes before what did not`() throws {
    var book = book([.worked, .worked])
    book.lose()
    let first = CellRequest(source: "let n0 = 0")
    #expect(book.takeLost()?.request == first)
    book.begin(first, number: 7, declaring: ["n0"], isReplayed: true)
    book.end(7, .worked)
    book.lose()
    #expect(book.lost.map(\.request.source) == ["let n0 = 0", "let n1 = 0"])
    let again = book.takeLost()
    let taken = try #require(again)
    #expect(taken.request == first)
    book.putBack(taken)
    #expect(book.lost.count == 2)
  }

  @Test func `what was typed between two losses comes after what the first one took`() {
    var book = book([.worked])
    book.lose()
    book.begin(CellRequest(source: "let n0 = 1"), number: 1, declaring: ["n0"])
    book.end(1, .worked)
    book.lose()
    #expect(book.lost.map(\.request.source) == ["let n0 = 0", "let n0 = 1"])
  }

  @Test func `lost cells are written where replay runs them: after those that it has run`() throws {
    var book = book([.worked, .worked])
    book.lose()
    func run(_ source: String, _ number: Int, isReplayed: Bool = false) {
      book.begin(
        CellRequest(source: source), number: number, declaring: [], isReplayed: isReplayed)
      book.end(number, .worked)
    }
    run("let typed = 0", 2)
    #expect(
      book.worked.map(\.request.source) == ["let n0 = 0", "let n1 = 0", "let typed = 0"])
    let taken = book.takeLost()
    let again = try #require(taken)
    run(again.request.source, 0, isReplayed: true)
    run("let last = 0", 3)
    #expect(
      book.worked.map(\.request.source)
        == ["let typed = 0", "let n0 = 0", "let n1 = 0", "let last = 0"])
  }

  @Test func `numbers go on behind those that a lost worker has given`() {
    var book = book([.worked, .failed])
    #expect(book.nextNumber == nil)
    book.lose()
    #expect(book.nextNumber == 2)
    book.forget()
    #expect(book.nextNumber == 2)
  }

  @Test func `the cell that runs is known, until it has ended`() {
    var book = book([.worked, .begun])
    #expect(book.running == 1)
    book.end(1, .failed)
    #expect(book.running == nil)
  }

  @Test func `the lines of a cell are at hand for stacks`() {
    var book = CellBook()
    book.begin(CellRequest(source: "let a = 1\nlet b = 2", firstLine: 5), number: 3, declaring: [])
    #expect(book.line(6, of: 3) == "let b = 2")
    #expect(book.line(7, of: 3) == nil)
    #expect(book.line(5, of: 4) == nil)
  }

  @Test func `nothing is left when everything is forgotten`() {
    var book = book([.worked])
    book.lose()
    book.forget()
    #expect(book.lost.isEmpty && book.declaredNames.isEmpty)
  }
}
