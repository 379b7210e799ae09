import TerminalTesting
import Testing

/// Values, names and contexts of cells.
extension RuleTests {
  @Test func `rule 14: await works at the prompt, and value and type are printed`() throws {
    let rule = try RuleRecorder(14)
    try rule.enter(
      "func double(_ n: Int) async throws -> Int { try await sleep(0.01); return 2 * n }")
    #expect(try rule.enter("let four = try await double(2)") == ["four: Int = 4"])
    #expect(
      try rule.enter("async let a = double(3); async let b = double(4); print(try await a + b)")
        == ["14"])
    try rule.press(
      .paste(
        """
        func numbers() -> AsyncStream<Int> {
          AsyncStream { for n in 1...3 { $0.yield(n) }; $0.finish() }
        }
        """), .enter, until: "....> }")
    #expect(try rule.enter("for await n in numbers() { print(n * four) }") == ["4", "8", "12"])
    #expect(
      try rule.enter("let (name, sizes) = (\"ada\", [1.5, 2])")
        == ["name: String = \"ada\"", "sizes: [Double] = [1.5, 2.0]"])
    #expect(
      try rule.enter("[\"one\": Optional(1), \"none\": nil].count + four") == ["Int = 6"])
    try rule.finish()
  }

  @Test func `rule 16: a context variable is seen by the next cell, and tasks get a copy`() throws {
    let rule = try RuleRecorder(16)
    try rule.enter("let user = ContextVariable(\"user\", default: \"nobody\")")
    try rule.enter("let token = user.set(\"ada\")")
    #expect(try rule.enter("user.value") == ["String = \"ada\""])
    rule.say("A task that is made later sees it. What a task sets itself stays within that task.")
    try rule.enter(
      "func rename() async -> String { user.set(\"\\(user.value)'s task\"); return user.value }")
    #expect(
      try rule.enter("try await gather(await rename(), await rename())")
        == ["[String] = [\"ada's task\", \"ada's task\"]"])
    #expect(try rule.enter("user.value") == ["String = \"ada\""])
    try rule.finish()
  }

  @Test func `rule 22: a cell is executed once`() throws {
    let rule = try RuleRecorder(22)
    try rule.enter("var count = 0")
    #expect(try rule.enter("count += 1; print(\"once\"); count") == ["once", "Int = 1"])
    rule.say("Also when it fails, or has to be looked at twice by the compiler:")
    try rule.enter("struct Boom: Error { var code = 7 }")
    try rule.enter("count += 1; throw Boom()")
    try rule.enter("let squares = [1, 2, 3].map { n in count += 1; return n * n }")
    #expect(try rule.enter("count") == ["Int = 5"])
    try rule.finish()
  }

  @Test func `rule 25: variables, functions and types are declared again`() throws {
    let rule = try RuleRecorder(25)
    try rule.enter("let price = 3")
    try rule.enter("func total(_ n: Int) -> Int { n * price }")
    #expect(try rule.enter("let price = \"three\"") == ["price: String = \"three\""])
    rule.say(
      "The new one counts from now on. What was compiled before keeps what it knew, and the old one can "
        + "still be named by its cell.")
    #expect(try rule.enter("total(2)") == ["Int = 6"])
    #expect(try rule.enter("Cell1.price") == ["Int = 3"])
    try rule.enter("func total(_ n: Int) -> Int { n * price.count }")
    #expect(try rule.enter("total(2)") == ["Int = 10"])
    try rule.enter("struct Point { var x = 1 }")
    try rule.enter("let old = Point()")
    try rule.enter("struct Point { var x = 1, y = 2 }")
    #expect(try rule.enter("(old, Point())").count == 1)
    try rule.finish()
  }

  @Test func `rule 26: the last value, a type and the variables can be asked for`() throws {
    let rule = try RuleRecorder(26)
    try rule.enter("let total = [1, 4]")
    #expect(try rule.enter("total.count + 1") == ["Int = 3"])
    #expect(try rule.enter("_ * 2") == ["Int = 6"])
    #expect(try rule.enter("_ + _") == ["Int = 12"])
    rule.say("`:type` runs nothing.")
    #expect(try rule.enter(":type total.first") == ["Int?"])
    #expect(try rule.enter(":type print(\"not printed\")") == ["Void"])
    try rule.enter("var name = \"ada\"")
    try rule.enter(":vars")
    try rule.finish()
  }

  @Test func `rule 27: a cell's output comes before its result`() throws {
    let rule = try RuleRecorder(27)
    #expect(
      try rule.enter("for n in 1...3 { print(\"row\", n) }; 3") == [
        "row 1", "row 2", "row 3", "Int = 3",
      ])
    try rule.enter("import Foundation")
    try rule.enter("fputs(\"an error\\n\", stderr); print(\"then output\"); \"then the result\"")
    rule.say("Also when it fails:")
    try rule.enter("print(\"so far\"); throw CancellationError()")
    try rule.finish()
  }
}
