import Testing

@testable import RunnerCells

@Suite struct CellPartsTests {
  private func parts(_ text: String) throws -> CellParts {
    guard case .complete(let parts) = CellReading.of(CellSource(name: "cell-1", text: text)) else {
      throw CellError(.incomplete, text)
    }
    return parts
  }

  @Test(
    arguments: [
      ("x + 1", true), ("print(x)", true), ("let y = x", true), ("x = 1", false),
      ("x = 1; x + 1", false), ("let x = 1", false), ("func f() -> Int { x }", false),
      ("y.x", false), ("if true { x = 2 }", false), ("y = x", true), ("x.count = 1", false),
    ])
  func `a cell that reads a name without a value is told from one that gives it`(
    text: String, reads: Bool
  ) throws {
    #expect(try parts(text).firstRead(of: ["x"]) == (reads ? "x" : nil))
  }

  @Test func `lines keep their numbers and carriage returns go`() {
    let source = CellSource(name: "a.swift", text: "one\r\ntwo\r\n\r\nfour", firstLine: 10)
    #expect(source.text == "one\ntwo\n\nfour")
    #expect(source.line(10) == "one")
    #expect(source.line(12) == "")
    #expect(source.line(13) == "four")
    #expect(source.line(14) == nil)
    #expect(source.line(9) == nil)
    #expect(source.line(at: 0) == 10)
    #expect(source.line(at: 4) == 11)
    #expect(source.line(at: source.bytes.count) == 13)
  }

  @Test func `what later cells can see makes a cell a link of the chain`() throws {
    for text in ["let x = 1", "func f() {}", "import Foundation", "extension Int {}", "let x: Int"]
    {
      #expect(try parts(text).isLasting)
    }
    for text in ["1", "f()", "x = 1", "async let a = f()", "for x in y {}", "let _ = f()"] {
      #expect(try !parts(text).isLasting)
    }
  }
}
