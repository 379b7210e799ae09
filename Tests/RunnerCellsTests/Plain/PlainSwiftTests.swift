import Foundation
import Testing

@testable import RunnerCells

/// Cells as one file for `swiftc`; that such a file compiles and runs is proven with the prompt's tests.
@Suite struct PlainSwiftTests {
  private func refusal(of cells: [String]) -> String? {
    do throws(CellError) {
      _ = try PlainSwift.text(of: cells)
      return nil
    } catch {
      return error.message
    }
  }

  /// The blocks between the runner's first line and its last one.
  private func body(of cells: [String]) throws -> String {
    let text = try PlainSwift.text(of: cells)
    let start = try #require(text.range(of: "let runner = Runner()\n\n")).upperBound
    let end = try #require(text.range(of: "\n\ntry runner.close()\n")).lowerBound
    return String(text[start..<end])
  }

  @Test func `arguments of gather are awaited, unless it is the cells' own`() throws {
    let call = "let both = try await gather(fetch(1), fetch(2))"
    #expect(
      try body(of: [call])
        == "let both = try runner.run { try await gather(await fetch(1), await fetch(2)) }")
    #expect(
      try body(of: ["func gather(_ a: Int, _ b: Int) async -> Int { a }", call])
        .hasSuffix("{ try await gather(fetch(1), fetch(2)) }"))
  }

  @Test func `runners that cells name are made and closed`() throws {
    let text = try PlainSwift.text(
      of: ["try main.loop.now", "other.phase", "func third() {}"],
      runners: ["main", "third", "other", "fourth"])
    #expect(
      text.contains(
        """

        let main = Runner(Runner.Configuration(name: "main"))
        let other = Runner(Runner.Configuration(name: "other"))

        try main.run { try main.loop.now }

        """), "\(text)")
    #expect(text.hasSuffix("\n\ntry other.close()\ntry main.close()\n"))
  }

  @Test func `declarations stand as they are, what needs the loop is a run`() throws {
    let text = try PlainSwift.text(
      of: [
        "// Squares slowly.\nfunc fetch(_ n: Int) async throws -> Int {\n  try await sleep(0); return n * n\n}",
        "let one = try await fetch(1)  // first", "var count = 0", "count += 1\nprint(count)",
        "import Foundation", "for n in 1...2 {\n  print(try await fetch(n))\n}",
        "try await fetch(3)",
        "one + count",
      ], examples: ["countdown"])
    #expect(
      text == """
        // Cells of runner-repl as plain Swift: a script for swiftc in Swift 5 mode, or the main.swift of a
        // package that depends on RunnerCore and sets .swiftLanguageMode(.v5).
        import RunnerCore
        import Foundation

        let runner = Runner()

        // Squares slowly.
        func fetch(_ n: Int) async throws -> Int {
          try await sleep(0); return n * n
        }

        let one = try runner.run { try await fetch(1) }  // first

        var count = 0

        count += 1
        print(count)

        try runner.run {
          for n in 1...2 {
            print(try await fetch(n))
          }
          return
        }

        try runner.run { try await fetch(3) }

        _ = one + count

        try runner.close()

        """)
  }

  @Test func `what lives as long as its cell stays in one run with what follows`() throws {
    #expect(
      try body(of: [
        "async let a = f(1)\nasync let b = f(2)\nlet sum = try await a + b\nprint(sum)\nvar n = 1",
        "async let c = f(3); print(try await c)",
        "defer { print(\"bye\") }\nlet x = 1",
      ]) == """
        var (sum, n) = try runner.run {
          async let a = f(1)
          async let b = f(2)
          let sum = try await a + b
          print(sum)
          var n = 1
          return (sum, n)
        }

        try runner.run {
          async let c = f(3)
          print(try await c)
          return
        }

        let x = try runner.run {
          defer { print("bye") }
          let x = 1
          return x
        }
        """)
  }

  @Test func `only values that need the loop are wrapped, each by itself`() throws {
    #expect(
      try body(of: [
        "let a = 1, b: Double = await f(), c = { f() }",
        "var size = g() {\n  didSet { print(size) }\n}",
        "let text = h(\"\"\"\n  one\n    two\n  \"\"\")", "let loop = EventLoop.current",
        "guard let d = try? await f() else { fatalError() }", "var total: Int?",
      ]) == """
        let a = 1, b: Double = try runner.run { await f() }, c = { f() }

        var size = try runner.run { g() } {
          didSet { print(size) }
        }

        let text = try runner.run {
        h(\"""
          one
            two
          \""")
        }

        let loop = try runner.run { EventLoop.current }

        let d = try runner.run {
          guard let d = try? await f() else { fatalError() }
          return d
        }

        var total: Int?
        """)
  }

  @Test func `the examples are imported when a cell names one, and the runner's name is free`()
    throws
  {
    let text = try PlainSwift.text(
      of: ["let runner = try await countdown(1)"], examples: ["countdown"])
    #expect(text.contains("import RunnerCore\nimport RunnerExamples\n"))
    #expect(text.contains("let runner = try runner_.run { try await countdown(1) }"))
  }

  @Test func `a name that is declared twice is refused by name, overloads are not`() {
    #expect(
      refusal(of: ["let x = 1", "func f() {}", "let (x, y) = (2, 3)", "func f() {}", "var x = 4"])
        == "One plain file cannot declare a name more than once: cell 3 declares 'x' again, after cell 1,"
        + " cell 4 declares 'f' again, after cell 2; save them without --plain, or 'reset' and declare each"
        + " name once.")
    #expect(
      refusal(of: ["func f() -> Int { 1 }", "func f() -> String { \"\" }"])?
        .contains("cell 2 declares 'f' again, after cell 1") == true)
    #expect(refusal(of: ["func f() -> Int { 1 }; func f() -> String { \"\" }"]) == nil)
    #expect(
      refusal(of: ["func f() {}; func f() {}"])?.contains("cell 1 declares 'f' twice") == true)
    #expect(
      refusal(of: ["func f(_ n: Int) {}", "func f(_ s: String) {}", "func f(n: Int) {}"]) == nil)
    #expect(refusal(of: ["async let a = f(); await a", "async let a = g(); await a"]) == nil)
    #expect(refusal(of: ["#if DEBUG\nlet x = 1\n#else\nlet x = 2\n#endif"]) == nil)
  }

  @Test func `what only the prompt has is refused`() {
    #expect(
      refusal(of: ["20", "print(_ + 1)"])
        == "Cell 2, 'print(_ + 1)', uses '_', the last value, which a plain file does not have; give that"
        + " value a name and use the name.")
    #expect(
      refusal(of: ["let word: String", "word = \"a\""])
        == "Cell 1 declares 'word' without a value, which a plain file cannot do at its top; declare it with"
        + " one, or save without --plain.")
  }
}
