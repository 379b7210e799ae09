import TerminalTesting
import Testing

/// The history: recalled, kept and searched.
extension RuleTests {
  @Test func `rule 7: Up recalls a cell of several lines as one`() throws {
    let rule = try RuleRecorder(7)
    try rule.typeLine("for n in 1...2 {", next: "....>")
    try rule.typeLine("print(n * 10)", next: "....>")
    try rule.typeLine("}", next: "main>")
    try rule.press(.up, until: "the cell") { $0.currentLine == "....> }" }
    rule.say("It runs unchanged, or as it was edited:")
    try rule.press(.enter, until: "20")
    try rule.press(.up, until: "the cell") { $0.currentLine == "....> }" && $0.column == 7 }
    try rule.press(.left, .left, .left, "0", until: "the edited line") {
      $0.currentLine == "....>   print(n * 100)"
    }
    try rule.press(.enter, until: "200")
    try rule.finish()
  }

  @Test func `rule 8: the history persists, for its owner, and without duplicates`() throws {
    let rule = try RuleRecorder(8)
    let first = rule.prompt
    try rule.enter("run countdown(0)")
    try rule.enter("run countdown(0)")
    try rule.enter(" 40 + 2")
    rule.say("Another session at the same time:")
    let second = try Prompt(["-q"], home: first.home, environment: Home.toolchain)
    rule.goOn(with: second)
    try rule.enter("runners")
    #expect(try first.leave() == 0)
    #expect(try second.leave() == 0)
    rule.say(
      "After both have ended, `~/.local/state/runner-repl/history` has the mode 0600 and holds:")
    #expect(try first.home.mode(of: first.home.historyPath) == 0o600)
    #expect(try first.home.history() == ["run countdown(0)", "runners"])
    rule.show(try first.home.history().joined(separator: "\n"))
    rule.say("The next session has what both have typed:")
    rule.goOn(with: try Prompt(["-q"], home: first.home, environment: Home.toolchain))
    try rule.press(.up, until: "the last line") { $0.currentLine == "main> runners" }
    try rule.press(.up, .enter, until: "liftoff")
    #expect(try rule.prompt.leave() == 0)
    let history = ["run countdown(0)", "runners", "run countdown(0)"]
    #expect(try first.home.history() == history)
    rule.say("With `--no-history` it is neither read nor written:")
    rule.goOn(with: try Prompt(["-q", "--no-history"], home: first.home))
    try rule.press(.up, "run family(0)", .enter, until: "[]")
    try rule.finish()
    #expect(try first.home.history() == history)
  }

  @Test func `rule 9: Ctrl-R searches`() throws {
    let rule = try RuleRecorder(9)
    try rule.enter("let answer = 42")
    try rule.enter("run countdown(0)")
    try rule.enter("let b = \"世界\"")
    try rule.press(.control("R"), "let", until: "the last one") {
      $0.currentLine == "search `let`: let b = \"世界\""
    }
    try rule.press(.control("R"), until: "the one before") {
      $0.currentLine == "search `let`: let answer = 42"
    }
    try rule.press(.control("R"), until: "no other") {
      $0.currentLine == "failed search `let`: let answer = 42"
    }
    rule.say("Enter executes what was found, Ctrl-G goes back to the line as it was.")
    try rule.press(.enter, until: "answer: Int = 42")
    try rule.press("keep", .control("R"), "down", until: "another search") {
      $0.currentLine == "search `down`: run countdown(0)"
    }
    try rule.press(.control("G"), until: "the line") { $0.currentLine == "main> keep" }
    try rule.press(.control("C"), until: "keep^C")
    try rule.finish()
  }
}
