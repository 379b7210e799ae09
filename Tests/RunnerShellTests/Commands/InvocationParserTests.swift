import RunnerShell
import Testing

@Suite struct InvocationParserTests {
  private func parse(_ line: String) throws -> Invocation? {
    switch try InputClassifier(coroutines: ["countdown", "ticker"]).classify(line) {
    case .command(let invocation): invocation
    default: nil
    }
  }

  @Test(arguments: [
    ("run countdown(3)", [], "countdown(3)", false),
    ("run main countdown(3)", ["main"], "countdown(3)", false),
    ("run countdown(3) &", [], "countdown(3)", true),
    ("run countdown(3)&", [], "countdown(3)", true),
    ("countdown(3) &", [], "countdown(3)", true),
    ("run countdown (3)", [], "countdown (3)", false),
    (#"run f("a) & --b", [1, 2])"#, [], #"f("a) & --b", [1, 2])"#, false),
    (#"run f("\"(")"#, [], #"f("\"(")"#, false),
    (#"run f("""a " ( b""")"#, [], #"f("""a " ( b""")"#, false),
    ("run try await f(1)", [], "try await f(1)", false),
    ("run work-2 sleep( 3 )", ["work-2"], "sleep( 3 )", false),
  ])
  func `an expression is kept as it was typed`(
    line: String, words: [String], expression: String, isBackground: Bool
  ) throws {
    let invocation = try #require(try parse(line))
    #expect(invocation.words == words)
    #expect(invocation.expression == expression)
    #expect(invocation.isBackground == isBackground)
  }

  @Test(arguments: [
    "spawn ticker(every: 0.5) --name metro", "spawn ticker(every: 0.5) --name=metro",
    "spawn --name metro ticker(every: 0.5)", "spawn ticker(every: 0.5) --name 'metro'",
  ])
  func `a flag stands before or after the expression`(line: String) throws {
    let invocation = try #require(try parse(line))
    #expect(invocation.expression == "ticker(every: 0.5)")
    #expect(invocation.text("name") == "metro")
  }

  @Test func `quoted words keep their blanks and signs`() throws {
    let invocation = try #require(try parse(#"cancel 'a b' "--all" "say \"x\"" --match '*'"#))
    #expect(invocation.words == ["a b", "--all", #"say "x""#])
    #expect(invocation.text("match") == "*")
  }

  @Test(arguments: [
    (#""a\nb""#, #"a\nb"#), (#""a\"b""#, #"a"b"#), (#""a\\n""#, #"a\n"#), (#"'a\nb'"#, #"a\nb"#),
    (#"a\nb"#, #"a\nb"#), (#"'say "x"'"#, #"say "x""#), (#""C:\temp""#, #"C:\temp"#),
  ])
  func `a backslash stands for itself, but before a quote or another one`(
    typed: String, word: String
  ) throws {
    let invocation = try #require(try parse("spawn sleep(1) --name \(typed)"))
    #expect(invocation.text("name") == word)
  }

  @Test(arguments: [
    ("5s", 5000), ("250ms", 250), ("2m", 120_000), ("1.5", 1500), ("3", 3000), ("1h", 3_600_000),
  ])
  func `durations are typed with units`(text: String, milliseconds: Int) throws {
    let invocation = try #require(try parse("close main --deadline \(text)"))
    #expect(invocation.duration("deadline") == .milliseconds(milliseconds))
  }

  @Test(arguments: ["", "s", "-1s", "1d", "1e99", "nan", "inf", "1.2.3", "ms"])
  func `what is no duration is refused`(text: String) {
    #expect(DurationText.parse(text) == nil)
  }
}
