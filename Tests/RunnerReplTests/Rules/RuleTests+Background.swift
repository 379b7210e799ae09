import TerminalTesting
import Testing

/// What tasks print while nobody has asked.
extension RuleTests {
  @Test func `rule 15: background tasks run while the prompt is idle`() throws {
    let rule = try RuleRecorder(15)
    try rule.enter(
      "func beat() async throws { for n in 1...3 { try await sleep(0.3); print(\"beat\", n) } }")
    #expect(try rule.enter("spawn beat() --name heart") == ["task 2 heart"])
    rule.say("The loop of `main` stands still, and so does the task, until the runner is started.")
    try rule.enter("ps")
    try rule.press("start main", .enter, until: "beat 3")
    try rule.enter("history", until: "2 ended tasks")
    try rule.finish()
  }

  @Test func `rule 17: the typed line and its cursor survive what tasks print`() throws {
    let rule = try RuleRecorder(17, rows: 14)
    try rule.enter("import Foundation")
    try rule.enter("let go = ProcessInfo.processInfo.environment[\"HOME\"]! + \"/go\"")
    try rule.press(
      .paste(
        """
        func flood() async throws {
          while access(go, F_OK) != 0 { try await sleep(0.01) }
          for n in 1...1000 { print("line", n) }
        }
        """), .enter, until: "....> }")
    try rule.enter("start main")
    try rule.enter("spawn flood()")
    rule.say(
      "The task waits for a file, so that its 1,000 lines come while this one is half typed, with its "
        + "cursor before `value`:")
    try rule.press(
      "let = value", .control("A"), .right, .right, .right, .right, until: "the half-typed line"
    ) { $0.currentLine == "main> let = value" && $0.column == 10 }
    try rule.prompt.home.write("", to: "go")
    try rule.await("1,000 lines above it") {
      $0.text.contains("line 1000\n") && $0.currentLine == "main> let = value" && $0.column == 10
    }
    let numbers = rule.prompt.lines.compactMap { line in
      line.hasPrefix("line ") ? Int(line.dropFirst(5)) : nil
    }
    #expect(numbers == Array(1...1000))
    try rule.press(
      "half ", .control("E"), .backspace, .backspace, .backspace, .backspace, .backspace, "7",
      .enter,
      until: "half: Int = 7")
    try rule.finish()
  }

  @Test func `rule 18: output without a newline does not swallow the prompt`() throws {
    let rule = try RuleRecorder(18)
    rule.say("A `%` marks where the line had no end.")
    #expect(try rule.enter("print(\"no end\", terminator: \"\")") == ["no end%"])
    #expect(try rule.enter("1 + 1") == ["Int = 2"])
    try rule.finish()
  }

  @Test func `rule 28: a cell that reads gets the terminal`() throws {
    let rule = try RuleRecorder(28)
    try rule.press(
      "print(\"name?\"); let name = readLine()", .enter, running: "name?")
    try rule.press("Ada", .enter, until: "name: String? = \"Ada\"")
    rule.say("Ctrl-D ends the input of that cell, and not of the next.")
    try rule.press("print(\"more?\"); readLine() == nil", .enter, running: "more?")
    try rule.press(.control("D"), until: "Bool = true")
    try rule.press("print(\"last?\"); readLine()!.count", .enter, running: "last?")
    try rule.press("four", .enter, until: "Int = 4")
    try rule.finish()
  }
}
