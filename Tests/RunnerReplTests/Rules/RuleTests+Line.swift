import TerminalTesting
import Testing

/// The line that is edited: its columns, its completion, its keys.
extension RuleTests {
  @Test func `rule 10: the cursor is right among wide and combining characters`() throws {
    let rule = try RuleRecorder(10)
    try rule.press("\"日本e\u{301}🙂x\"", until: "the text") { $0.column == 16 }
    for column in [15, 14, 12, 11, 9, 7] {
      try rule.press(.left, until: "column \(column)") { $0.column == column }
    }
    try rule.press(.delete, .right, .right, .delete, .enter, until: "String = \"本e\u{301}x\"")
    try rule.finish()
  }

  @Test func `rule 11: a resize in a wrapped line redraws it`() throws {
    let rule = try RuleRecorder(11, columns: 40, rows: 12)
    let text = "[" + (1...24).map { "\($0)" }.joined(separator: ", ") + "].count"
    try rule.enter("1 + 1")
    try rule.press(.text(text), until: "the text") { $0.text.hasSuffix("].count") }
    rule.say("The terminal becomes 80 columns wide, and then 30:")
    rule.terminal.resize(columns: 80, rows: 12)
    try rule.terminal.wait(for: "the text in 80 columns") { screen in
      screen.lines[2] == "main> \(text.prefix(74))" && screen.text.hasSuffix("].count")
    }
    rule.terminal.resize(columns: 30, rows: 12)
    try rule.terminal.wait(for: "the text in 30 columns") { screen in
      screen.lines[2] == "main> \(text.prefix(24))" && screen.text.hasSuffix("].count")
    }
    // The terminal itself may have moved rows by now, and the program paints them where they are.
    rule.show(rule.terminal.screen.lines[2...5].joined(separator: "\n"))
    rule.terminal.send("\r")
    try rule.terminal.wait(for: "its value") { screen in
      screen.text.contains("].count\nInt = 24") && screen.currentLine == "main>"
    }
    rule.skip()
    try rule.finish()
  }

  @Test func `rule 12: Tab completes`() throws {
    let home = try Home()
    try home.write("6 * 7\n", to: "my session.swift")
    let rule = RuleRecorder(
      12, at: try Prompt(["-q"], home: home, environment: Home.toolchain))
    try rule.enter("new laboratory")
    try rule.enter("spawn sleep(600) --name metro")
    rule.say("A command, a runner, a task, a flag and a built-in coroutine:")
    try rule.press(
      "inter", .tab, " lab", .tab, seeing: ["main> interrupt"], until: "a runner"
    ) {
      $0.currentLine == "main> interrupt laboratory"
    }
    try rule.press(.control("C"), "cancel ", .tab, until: "a task with its state") {
      $0.currentLine == "main> cancel" && $0.text.contains("metro  created")
    }
    try rule.press(
      "me", .tab, " --wi", .tab, seeing: ["main> cancel metro"], until: "a flag"
    ) {
      $0.currentLine.hasPrefix("main> cancel metro --within")
    }
    try rule.press(.control("C"), "run countd", .tab, until: "a coroutine") {
      $0.currentLine == "main> run countdown("
    }
    try rule.press(.control("C"), until: "", line: "main>")
    rule.say("A file, with the quotes that its name needs:")
    try rule.press("load ~/my", .tab, until: "a file") {
      $0.currentLine == "main> load \"~/my session.swift\""
    }
    try rule.press(.enter, until: "Int = 42")
    rule.say("Several possibilities are a menu, and a further Tab chooses in it:")
    // Where no Swift is expected, the worker is not asked, and everything is there at once.
    try rule.press("set ", .tab, until: "a menu") {
      $0.currentLine == "main> set" && $0.text.contains("suggestions")
    }
    try rule.press(.tab, until: "a choice") { $0.currentLine == "main> set on" }
    try rule.press(.control("C"), until: "", line: "main>")
    try rule.finish()
  }

  @Test func `rule 13: the bindings of .editrc and vi's keys are honoured`() throws {
    let home = try Home()
    try home.write("bind -v\n", to: ".editrc")
    let rule = RuleRecorder(
      13, at: try Prompt(["-q"], home: home, environment: Home.toolchain))
    rule.say("`~/.editrc` holds:")
    rule.show("bind -v")
    // A key that comes at once with Esc is one key with it.
    try rule.press("10 + 2", until: "the text") { $0.column == 12 }
    try rule.press(.escape, until: "command mode") { $0.column == 11 }
    try rule.press("0", until: "the line's start") { $0.column == 6 }
    try rule.press("x", .enter, until: "Int = 2")
    try rule.finish()
  }
}
