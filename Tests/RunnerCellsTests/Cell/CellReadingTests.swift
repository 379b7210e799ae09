import Testing

@testable import RunnerCells

@Suite struct CellReadingTests {
  private func read(_ text: String) -> CellReading {
    CellReading.of(CellSource(name: "cell-1", text: text))
  }

  @Test(arguments: [
    ("func f() { print(1) }", true), ("import Foundation; struct S { let a = f() }", true),
    ("let a = 5, b = [1: \"x\"], c = -2.5", true), ("extension Int: P {}", true),
    ("var f = { print(1) }", true), ("var n: Int { f() }", true), ("let later: Int", true),
    ("let a = f()", false), ("let s = \"\\(f())\"", false), ("let a = b", false),
    ("let x: S = .make()", false), ("let t = Task { f() }", false), ("@Logged var n = 1", false),
    ("n = 4", false), ("for _ in 1...2 {}", false), ("print(1)", false), ("f", false),
    ("let a = [1][0]", false), ("#if DEBUG\nprint(1)\n#endif", false), ("async let a = f()", false),
  ])
  func `what running a text can change outside is told by its grammar`(text: String, isNone: Bool) {
    #expect(CellReading.onlyDeclares(text) == isNone)
  }

  @Test(
    arguments: [
      "func f() {", "func f() -> Int", "struct S {\n  var x = 1", "if true", "if x {\n  y()",
      "f(1,",
      "f(1, 2", "[1, 2,", "let x =", "let x: ", "1 +", "x.", "let s = \"\"\"\nabc", "/* a comment",
      "/* outer /* inner */", "#if DEBUG\nlet a = 1", "@MainActor", "switch x {\ncase 1:",
      "let f = { (x: Int) in", "guard let x = y else", "for i in", "try await",
      "func f() {\n  let = 5", "xs.map { $0 + 1 }.filter {", "actor A {\n  func g() {\n  }",
    ])
  func `text that lacks its end asks for more`(text: String) {
    #expect(read(text) == .incomplete)
  }

  @Test(arguments: ["", "  \n\n", "// only a comment", "/* closed /* twice */ */\n"])
  func `space and comments are nothing`(text: String) {
    #expect(read(text) == .empty)
  }

  @Test(
    arguments: [
      "1", "let x = 1", "func f() {}", "f(1, 2)", "let = 5", "}", "let s = \"abc", "print(\"abc",
      "foo bar",
      "x = 1; y = 2", "protocol P { func f() }", "\"\"\"\nabc\n\"\"\"", "a ] b",
      "import Foundation",
      "async let a = f()", "#if DEBUG\nlet a = 1\n#endif", "_ + 1", "{ 1 }()",
    ])
  func `everything else is for the compiler`(text: String) {
    guard case .complete = read(text) else {
      Issue.record("\(read(text))")
      return
    }
  }

  @Test(arguments: [
    ("func f() {", 1), ("if a {\n  f(", 2), ("let x = [\n  1, // (", 1), ("f(\"(\\(a))\") {", 1),
    ("}", 0), ("let n = 1", 0), ("a { b in\n  c([1, 2])", 1),
  ])
  func `a line that follows stands in the brackets that are open`(text: String, open: Int) {
    #expect(CellReading.ending(of: text) == .code(openBrackets: open))
  }

  @Test func `in a text and in a remark there are no brackets`() {
    #expect(CellReading.ending(of: "let s = \"\"\"\n  {") == .literal)
    #expect(CellReading.ending(of: "f() { /* (") == .comment)
  }
}
