import Foundation
import Testing

@testable import RunnerCells

@Suite struct CellRewriterTests {
  private static let names = Golden.names(in: "Golden")

  /// A file has the cell, a line of dashes, and what comes of it as cell 5.
  ///
  /// The session before it has
  /// the variable `total` of cell 2 and the function `area` of cell 4, the newest, and a last value of
  /// cell 3.
  @Test(arguments: names)
  func `a cell becomes the source that is written down`(name: String) throws {
    let written = try Golden.text(of: "Golden/\(name)")
    let cell = written.components(separatedBy: "\n-----\n")[0]
    guard case .complete(let parts) = CellReading.of(CellSource(name: "cell-5", text: cell)) else {
      Issue.record("not a whole cell")
      return
    }
    let context = CellContext(
      prelude: ["RunnerCore"], head: "Cell4", lastValue: "Cell3",
      owners: ["total": "Cell2", "area": "Cell4"])
    let generated = CellRewriter.rewrite(parts, number: 5, in: context)
    let text = cell + "\n-----\n" + generated.text
    #expect(try Golden.text(of: "Golden/\(name)", updatedTo: text) == text)
    #expect(generated.module == "Cell5")
    #expect(generated.entry == "runner_cell_5")
  }

  @Test func `there are golden files`() {
    #expect(Self.names.count >= 8)
  }

  @Test func `a function with another result takes the place of the earlier one`() throws {
    func parts(_ text: String) throws -> CellParts {
      guard case .complete(let parts) = CellReading.of(CellSource(name: "cell-5", text: text))
      else {
        throw CellError(.incomplete, text)
      }
      return parts
    }
    var session = CellSession(prelude: [])
    let number = session.reserve()
    _ = session.commit(
      number, try parts("func f(_ n: Int = 3) throws -> [Int] { [n] }"), builtIn: session.context,
      hasValue: false)
    func text(_ cell: String) throws -> String {
      CellRewriter.rewrite(try parts(cell), number: 5, in: session.context).text
    }
    #expect(
      try text("func f(_ m: Int) -> String { \"\" }").contains(
        "@available(*, unavailable, message: \"cell 5 declared 'f' anew\")"
          + " func f(_ n: Int) throws -> [Int] { fatalError() }\n"))
    // The same function is hidden by the newer module, another list of parameters is an overload.
    #expect(try !text("func f(_ n: Int = 3) throws -> [Int] { [] }").contains("unavailable"))
    #expect(try !text("func f(n: Int) -> String { \"\" }").contains("unavailable"))
  }

  @Test func `the first cell imports what the session begins with`() throws {
    guard
      case .complete(let parts) = CellReading.of(CellSource(name: "cell-1", text: "let x = 1"))
    else { return }
    let text = CellRewriter.rewrite(
      parts, number: 1, in: CellContext(prelude: ["RunnerCore", "RunnerExamples"])
    ).text
    #expect(
      text.hasPrefix(
        """
        import RunnerCellRuntime
        @_exported import RunnerCore
        @_exported import RunnerExamples

        """))
  }

  @Test(arguments: [
    ("main.phase", true), ("func f() -> String { main.name }", true), ("print(main)", true),
    ("main(1)", false), ("let main = 1; main + 1", false), ("x.main", false), ("other.name", false),
    ("print(main); main()", false),
  ])
  func `an object of the program is declared where a cell reads it`(text: String, isDeclared: Bool)
    throws
  {
    guard
      case .complete(let parts) = CellReading.of(CellSource(name: "cell-1", text: text))
    else {
      Issue.record("not a whole cell")
      return
    }
    let context = CellContext(given: ["main"], givenType: "RunnerCore.Runner")
    let generated = CellRewriter.rewrite(parts, number: 1, in: context).text
    let line =
      "var `main`: RunnerCore.Runner { RunnerCellRuntime.CellObject.named(\"main\", as: RunnerCore.Runner.self) }"
    #expect(generated.contains(line) == isDeclared)
  }

  @Test func `a source's name cannot end its directive`() throws {
    let source = CellSource(name: "a \"b\" \\c", text: "f()", firstLine: 7)
    guard case .complete(let parts) = CellReading.of(source) else { return }
    let text = CellRewriter.rewrite(parts, number: 1, in: CellContext()).text
    #expect(text.contains("#sourceLocation(file: \"a \\\"b\\\" \\\\c\", line: 7)\n"))
  }
}
