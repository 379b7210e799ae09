import Testing

@testable import RunnerCells

@Suite struct CellCompletionTests {
  private func completion(
    _ source: String, _ description: String, _ type: String, _ kind: String
  ) -> CellCompletion? {
    CellCompletion(
      source: source, description: description, type: type, kind: "source.lang.swift.\(kind)")
  }

  @Test(arguments: [
    ("count", "count", "Int", "decl.var.instance", "count", "Int"),
    (
      "map(<#T##transform: (Int) -> T##(Int) -> T#>)", "map(transform: (Int) -> T)", "[T]",
      "decl.function.method.instance", "map(", "(transform: (Int) -> T) -> [T]"
    ),
    (
      "append(contentsOf: <#T##Sequence#>)", "append(contentsOf: Sequence)", "Void",
      "decl.function.method.instance", "append(contentsOf: ", "(contentsOf: Sequence)"
    ),
    (
      "fetch()", "fetch() async throws", "Int", "decl.function.free", "fetch()",
      "() async throws -> Int"
    ),
    ("Point", "Point", "Point", "decl.struct", "Point", "struct"),
    ("private", "private", "", "keyword", "private", ""),
    ("true", "true", "Bool", "literal.boolean", "true", "Bool"),
  ])
  func `a completion is what can be typed, and what it is`(
    source: String, description: String, type: String, kind: String, text: String, note: String
  ) {
    #expect(
      completion(source, description, type, kind) == CellCompletion(text: text, note: note))
  }

  @Test(arguments: ["_cell_0", "runner_cell_3", "#colorLiteral(", "<#code#>", "+", ""])
  func `what nobody types is no completion`(source: String) {
    #expect(completion(source, source, "Int", "decl.var.global") == nil)
  }

  @Test func `what would insert the same is offered once, and what does not fit not at all`() {
    let all = [
      CellCompletion(text: "print(", note: "(a)"), CellCompletion(text: "sprint", note: "x"),
      CellCompletion(text: "print(", note: "(b)"), CellCompletion(text: "print(", note: "(b)"),
      CellCompletion(text: "prefix", note: "y"),
    ]
    #expect(
      CellCompletion.choices(all, prefix: "pr", limit: 9) == [
        CellCompletion(text: "print(", note: "(a), and 1 more"),
        CellCompletion(text: "prefix", note: "y"),
      ])
    #expect(CellCompletion.choices(all, prefix: "pr", limit: 1).map(\.text) == ["print("])
  }

  @Test func `a text for SourceKit is quoted`() {
    #expect(SourceKit.quoted("a\"b\\c\nd\u{1B}é") == "\"a\\\"b\\\\c\\nd\\x1bé\"")
  }
}
