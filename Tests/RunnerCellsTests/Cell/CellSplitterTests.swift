import Testing

@testable import RunnerCells

@Suite struct CellSplitterTests {
  private func parts(_ text: String) throws -> CellParts {
    guard case .complete(let parts) = CellReading.of(CellSource(name: "cell-1", text: text)) else {
      throw CellError(.incomplete, text)
    }
    return parts
  }

  private func kinds(_ text: String) throws -> [String] {
    try parts(text).items.map { item in
      switch item.kind {
      case .importing: "import"
      case .declaration: "declaration"
      case .binding: "binding"
      case .unset: "unset"
      case .asyncLet: "async let"
      case .statement: "statement"
      case .expression: "expression"
      }
    }
  }

  @Test func `the last expression is the value, those before it are statements`() throws {
    #expect(try kinds("f()\ng()") == ["statement", "expression"])
    #expect(try kinds("x = 1") == ["statement"])
    #expect(try kinds("_ = try await f()") == ["statement"])
    #expect(try kinds("try (x = f())") == ["expression"])
  }

  @Test func `what may await is run, what cannot stands as it is`() throws {
    #expect(try kinds("let x = try await f()") == ["binding"])
    #expect(try kinds("var x: Int { 5 }") == ["declaration"])
    #expect(try kinds("var x: Int?") == ["binding"])
    #expect(try kinds("let x: Int") == ["unset"])
    #expect(try kinds("@TaskLocal var x = 1") == ["declaration"])
    #expect(try kinds("@MainActor var x = try await f()") == ["binding"])
    #expect(try kinds("var x = 0 { didSet {} }") == ["binding"])
    #expect(try kinds("let _ = f()") == ["statement"])
    #expect(try kinds("guard let x = y else { fatalError() }") == ["binding"])
    #expect(try kinds("guard x > 1 else { fatalError() }") == ["statement"])
    #expect(try kinds("#if DEBUG\nfunc f() {}\n#endif") == ["declaration"])
    #expect(try kinds("#if DEBUG\nf()\n#endif") == ["statement"])
  }

  @Test func `names are found with their kinds`() throws {
    let text = """
      let (a, (b, _)) = f(), c = 1
      var d = 2
      func e() {}
      struct F {}; enum G {}; class H {}; actor I {}; protocol J {}
      typealias K = Int
      extension F { func hidden() {} }
      infix operator +++
      func +++ (l: Int, r: Int) -> Int { l }
      guard case .some(let l) = d, let m = n else { fatalError() }
      let `class` = 1
      async let o = p()
      """
    let names = try parts(text).declarations.map { "\($0.kind.rawValue) \($0.name)" }
    #expect(
      names == [
        "let a", "let b", "let c", "var d", "func e", "type F", "type G", "type H", "type I",
        "type J", "type K", "operator +++", "let l", "let m", "let class", "let o",
      ])
  }

  @Test(
    arguments: [
      ("_", 1), ("_ + _", 2), ("_ = f()", 0), ("(_, x) = f()", 0), ("print(_)", 1), ("_ = _", 1),
      ("_.count", 1), ("x = _", 1), ("if case .a(_) = x {}", 0), ("f { _ in 1 }", 0),
      ("for _ in xs {}", 0), ("let y = _", 1), ("[_, 1]", 1),
    ])
  func `an underscore that is read stands for the last value`(text: String, count: Int) throws {
    #expect(try parts(text).items.flatMap(\.lastValues).count == count)
  }
}
