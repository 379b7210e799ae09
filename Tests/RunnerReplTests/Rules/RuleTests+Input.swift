import Foundation
import TerminalTesting
import Testing

/// Pastes, several lines, Ctrl-C, Ctrl-D and Ctrl-Z.
extension RuleTests {
  /// A function of 30 lines that returns how many of its lines were executed.
  private static let function =
    ["func count() -> Int {", "  var lines = 2"]
    + (3...28).map { "  lines += 1  // \($0)" } + ["  return lines + 2", "}"]

  @Test func `rule 1: a paste is executed once, in order and whole`() throws {
    let rule = try RuleRecorder(1, rows: 40)
    try rule.press(
      .paste(Self.function.joined(separator: "\n")), until: "the pasted text"
    ) { $0.currentLine == "....> }" }
    try rule.press(.enter, until: "....> }")
    #expect(try rule.enter("count()") == ["Int = 30"])
    rule.say("A terminal that does not mark what is pasted sends it as if it were typed:")
    rule.terminal.send(Self.function.joined(separator: "\r") + "\r")
    try rule.terminal.wait(for: "the function") { screen in
      screen.currentLine == "main>" && rule.current.filter { $0 == "....> }" }.count == 1
    }
    rule.skip()
    #expect(try rule.enter("count()") == ["Int = 30"])
    rule.say("A paste of 100 KB, a text in quotes:")
    let text = "\"" + String(repeating: "0123456789", count: 10_000) + "\".count"
    let figure = try rule.measure(within: .seconds(2)) {
      rule.terminal.send(Key.paste(text).bytes + "\r")
      try rule.terminal.waitForText("\nInt = 100000\nmain>")
    }
    rule.skip(butFor: 1)
    try rule.await("the result") { _ in true }
    rule.say(figure)
    try rule.finish()
  }

  @Test func `rule 2: input that is not whole goes on, and Ctrl-C leaves it`() throws {
    let rule = try RuleRecorder(2)
    try rule.typeLine("func triple(_ n: Int) -> Int {", next: "....>")
    try rule.typeLine("if n > 0 {", next: "....>")
    try rule.typeLine("return 3 * n", next: "....>")
    try rule.press(.control("C"), until: "^C")
    #expect(try rule.enter("triple(5)").first?.contains("cannot find 'triple' in scope") == true)
    rule.say("The second time to its end:")
    try rule.typeLine("func triple(_ n: Int) -> Int {", next: "....>")
    try rule.typeLine("return 3 * n", next: "....>")
    try rule.typeLine("}", next: "main>")
    #expect(try rule.enter("triple(5)") == ["Int = 15"])
    try rule.finish()
  }

  @Test func `rule 3: Ctrl-C clears a half-typed line`() throws {
    let rule = try RuleRecorder(3)
    try rule.press("let half = ", until: "the line") { $0.currentLine == "main> let half =" }
    try rule.press(.control("C"), until: "half = ^C")
    #expect(try rule.enter("1 + 1") == ["Int = 2"])
    try rule.finish()
  }

  @Test func `rule 4: Ctrl-C at an empty prompt hints once how to leave`() throws {
    let rule = try RuleRecorder(4)
    try rule.press(.control("C"), until: "type quit or press Ctrl-D to leave")
    for count in 2...3 {
      try rule.press(.control("C"), until: "the prompt after Ctrl-C") { screen in
        screen.transcript.components(separatedBy: "main> ^C\n").count == count + 1
          && screen.currentLine == "main>" && !rule.terminal.isCooked
      }
    }
    #expect(try rule.enter("1 + 1") == ["Int = 2"])
    #expect(rule.prompt.lines.count { $0 == "type quit or press Ctrl-D to leave" } == 1)
    try rule.finish()
  }

  @Test func `rule 5: Ctrl-D at an empty line closes the runners and leaves`() throws {
    let rule = try RuleRecorder(5)
    try rule.enter("spawn sleep(600) --name nap")
    try rule.enter("start main")
    rule.say("In a line it takes a character away:")
    try rule.press("1 ++ 1", .control("A"), .right, .right, .control("D"), .enter, until: "Int = 2")
    rule.say("At an empty one:")
    try rule.leave()
    let last = try #require(rule.prompt.lines.last)
    #expect(last.hasPrefix("main: closed in ") && last.hasSuffix(" · nothing refused"))
    try rule.expectPage()
  }

  @Test func `rule 6: Ctrl-Z stops the program, and fg brings its line back`() throws {
    let home = try Home()
    let folder = URL(filePath: Batch.program).deletingLastPathComponent()
    let shell = try PseudoTerminal(
      "/bin/bash", ["--norc", "--noprofile", "-i"], columns: 100, rows: 24,
      environment: home.environment.merging(Home.toolchain) { $1 }.merging([
        "PS1": "$ ", "PATH": "\(folder.path):\(Home.toolchain["PATH"] ?? "")",
      ]) { $1 })
    try shell.waitForLine("$")
    let rule = RuleRecorder(6, at: Prompt(at: shell, home: home))
    try rule.press("runner-repl -q", .enter, until: "main>")
    try rule.press("run count", until: "the line") { $0.currentLine == "main> run count" }
    try rule.press(.control("Z"), until: "Stopped", line: "$")
    rule.say("The terminal is the shell's, with lines, echo and signals:")
    try rule.press(
      "stty -a | grep -o -E -- '-?(icanon|echo|isig) '", .enter, until: "the modes"
    ) { screen in
      screen.currentLine == "$" && ["icanon", "echo", "isig"].allSatisfy(screen.lines.contains)
    }
    try rule.press("fg", .enter, until: "the line") { $0.currentLine == "main> run count" }
    try rule.press("down(1)", .enter, until: "liftoff")
    shell.send("\u{4}")
    try shell.waitForLine("$")
    #expect(shell.screen.unknown.isEmpty)
    try rule.expectPage()
  }
}
