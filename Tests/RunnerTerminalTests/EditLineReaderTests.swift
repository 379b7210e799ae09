import Foundation
import Testing
import TerminalTesting

/// Real keys on a real pseudo terminal; the numbers are the rules of the REPL's specification.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct EditLineReaderTests {
  static let function = (0..<30).map { $0 == 0 ? "func f() {" : $0 == 29 ? "}" : "  line \($0)" }

  // MARK: - Input

  @Test func `rule 1: a bracketed paste of 30 lines executes once`() throws {
    let terminal = try FixtureTerminal(columns: 500, rows: 40).terminal
    terminal.send("\u{1B}[200~\(Self.function.joined(separator: "\r"))\u{1B}[201~")
    try terminal.waitForLine("......> }")
    terminal.send("\r")
    try terminal.waitForText("\\n}\">\nfixture>")
    expectOneRunOfFunction(terminal)
  }

  @Test func `rule 1: an unbracketed paste of 30 lines executes once`() throws {
    let terminal = try FixtureTerminal(columns: 500, rows: 40).terminal
    terminal.send(Self.function.joined(separator: "\r") + "\r")
    try terminal.waitForText("\\n}\">\nfixture>")
    expectOneRunOfFunction(terminal)
  }

  private func expectOneRunOfFunction(_ terminal: PseudoTerminal) {
    let shown = terminal.screen.transcript
    #expect(shown.components(separatedBy: "<\"").count == 2)
    #expect(shown.contains("<\"\(Self.function.joined(separator: "\\n"))\">"))
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test func `rule 1: pasted lines that are complete run one by one, none lost`() throws {
    let terminal = try FixtureTerminal(columns: 80, rows: 24).terminal
    let lines = (0..<200).map { "\tline \($0)" }
    terminal.send(lines.joined(separator: "\r") + "\r")
    try terminal.waitForText("<\"\\tline 199\">")
    for index in 0..<200 {
      let count = terminal.screen.transcript.components(separatedBy: "<\"\\tline \(index)\">").count
      #expect(count == 2)
    }
  }

  @Test func `rule 1: a paste of 100 KB takes under 2 seconds`() throws {
    let terminal = try FixtureTerminal(columns: 80, rows: 24).terminal
    let start = ContinuousClock.now
    let text = "count " + String(repeating: "0123456789", count: 10_000)
    terminal.send("\u{1B}[200~\(text)\u{1B}[201~\r")
    try terminal.waitForText("count 100006")
    #expect(ContinuousClock.now - start < .seconds(2))
  }

  @Test func `rule 2: a further line is indented, and a closing brace goes back`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("f {\r")
    try terminal.waitForScreen("fixture> f {\n......>", cursor: (1, 10))
    terminal.send("g {\r")
    try terminal.waitForScreen("fixture> f {\n......>   g {\n......>", cursor: (2, 12))
    terminal.send("}")
    try terminal.waitForScreen(
      "fixture> f {\n......>   g {\n......>   }", cursor: (2, 11))
    terminal.send("\r")
    try terminal.waitForScreen(
      "fixture> f {\n......>   g {\n......>   }\n......>", cursor: (3, 10))
    // Whoever has moved it by hand is left alone.
    terminal.send("\u{7F}\u{7F}}")
    terminal.send("\r")
    try terminal.waitForText("<\"f {\\n  g {\\n  }\\n}\">")
  }

  @Test func `rule 2: a closing brace goes back although Enter comes with it`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("f {\r")
    try terminal.waitForScreen("fixture> f {\n......>", cursor: (1, 10))
    terminal.send("g {\r")
    try terminal.waitForScreen("fixture> f {\n......>   g {\n......>", cursor: (2, 12))
    terminal.send("}\r")
    try terminal.waitForScreen(
      "fixture> f {\n......>   g {\n......>   }\n......>", cursor: (3, 10))
    terminal.send("}\r")
    try terminal.waitForText("<\"f {\\n  g {\\n  }\\n}\">")
  }

  @Test func `rule 2: incomplete input shows a continuation prompt and Ctrl-C escapes it`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("f {\r")
    try terminal.waitForScreen("fixture> f {\n......>", cursor: (1, 10))
    terminal.send("\u{3}")
    try terminal.waitForText("interrupted, text: true\nfixture>")
  }

  @Test func `rule 3: Ctrl-C clears a half-typed line, and keeps what follows it`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("half\u{3}next")
    try terminal.waitForScreen(
      "fixture> half^C\ninterrupted, text: true\nfixture> next", cursor: (2, 13))
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test func `rule 4: Ctrl-C on an empty line does not exit`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("\u{3}\u{3}\u{3}ok\r")
    try terminal.waitForText("<\"ok\">")
    #expect(terminal.screen.text.components(separatedBy: "text: false").count == 4)
  }

  @Test func `rule 5: Ctrl-D ends the input on an empty line only`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("abc\u{4}\u{1}\u{4}\r")
    try terminal.waitForText("<\"bc\">\nfixture>")
    terminal.send("\u{4}")
    #expect(try terminal.waitForExit() == 0)
    #expect(terminal.screen.text.hasSuffix("fixture>\nend of input"))
    #expect(terminal.isCooked)
    #expect(!terminal.screen.modes.contains("2004"))
  }

  @Test func `rule 6: Ctrl-Z gives the terminal back and fg restores the line`() throws {
    let terminal = try shell()
    terminal.send("\(FixtureTerminal.program)\r")
    try terminal.waitForLine("fixture>")
    terminal.send("abc\u{1A}")
    try terminal.waitForText("Stopped")
    terminal.send("stty -a | grep -o -E -- '-?(icanon|echo|isig) '\r")
    try terminal.wait(for: "the shell's modes") {
      ["icanon", "echo", "isig"].allSatisfy($0.lines.contains)
    }
    terminal.send("fg\r")
    try terminal.waitForLine("fixture> abc")
    terminal.send("d\r")
    try terminal.waitForText("<\"abcd\">")
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test func `rule 6: a stop from outside is survived too`() throws {
    let terminal = try shell()
    terminal.send("\(FixtureTerminal.program)\r")
    try terminal.waitForLine("fixture>")
    terminal.send("xyz")
    try terminal.waitForLine("fixture> xyz")
    stopChild(of: terminal.processID)
    try terminal.waitForText("Stopped")
    terminal.send("fg\r")
    try terminal.waitForLine("fixture> xyz")
    terminal.send("!\r")
    try terminal.waitForText("<\"xyz!\">")
  }

  private func shell() throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      "/bin/bash", ["--norc", "--noprofile", "-i"], columns: 100, rows: 24,
      environment: ["PS1": "sh$ "])
    try terminal.waitForLine("sh$")
    return terminal
  }

  private func stopChild(of shell: Int32) {
    let children = try? String(
      contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
    for child in (children ?? "").split(separator: " ").compactMap({ Int32($0) }) {
      kill(child, SIGSTOP)
    }
  }

  // MARK: - History

  @Test func `rule 7: Up recalls an input of several lines as one`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("f {\r1\r}\r")
    try terminal.waitForText("<\"f {\\n1\\n}\">\nfixture>")
    terminal.send("draft\u{1B}[A")
    try terminal.wait(for: "the entry") { $0.text.hasSuffix("fixture> f {\n......> 1\n......> }") }
    terminal.send("\r")
    try terminal.wait(for: "its run") {
      $0.transcript.components(separatedBy: "<\"f {\\n1\\n}\">").count == 3
    }
    terminal.send("draft\u{1B}[A")
    try terminal.waitForLine("......> }")
    terminal.send("\u{1B}[B")
    try terminal.waitForLine("fixture> draft")
  }

  @Test func `rule 8: the history outlives the session`() throws {
    let home = try TemporaryFolder()
    let first = try FixtureTerminal(home: home).terminal
    first.send("one\r two\rthree\rone\r")
    try first.wait(for: "all runs") { $0.text.components(separatedBy: "<\"").count == 5 }
    try first.waitForLine("fixture>")
    first.send("\u{4}")
    #expect(try first.waitForExit() == 0)
    let second = try FixtureTerminal(home: home).terminal
    second.send("\u{1B}[A")
    try second.waitForLine("fixture> one")
    second.send("\u{10}")
    try second.waitForLine("fixture> three")
    second.send("\u{1B}OA")
    second.send("\r")
    try second.waitForText("<\"three\">")
    let name = home.path + "/.local/state/runner-repl/history"
    let attributes = try FileManager.default.attributesOfItem(atPath: name)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `rule 9: Ctrl-R searches the history`() throws {
    let terminal = try FixtureTerminal(history: "let answer = 42\nrun countdown(3)\nlet b = 世界\n")
      .terminal
    terminal.send("\u{12}")
    try terminal.waitForLine("search ``:")
    terminal.send("let")
    try terminal.waitForLine("search `let`: let b = 世界")
    terminal.send("\u{12}")
    try terminal.waitForLine("search `let`: let answer = 42")
    terminal.send("\u{12}")
    try terminal.waitForLine("failed search `let`: let answer = 42")
    terminal.send("\u{13}")
    try terminal.waitForLine("search `let`: let b = 世界")
    terminal.send("\u{7F}\u{7F}\u{7F}世")
    try terminal.waitForLine("search `世`: let b = 世界")
    terminal.send("\r")
    try terminal.waitForText("<\"let b = 世界\">\nfixture>")
    terminal.send("keep\u{12}run\u{7}")
    try terminal.waitForLine("fixture> keep")
  }

  @Test
  func `rule 9: what a failed search shows does not look like a hit, and Enter still takes it`()
    throws
  {
    let terminal = try FixtureTerminal(columns: 60, history: "let s = 1\nps\n").terminal
    terminal.send("\u{12}le")
    try terminal.waitForLine("search `le`: let s = 1")
    #expect(terminal.screen.style(row: 0, column: 17) == "")
    terminal.send("zzz")
    try terminal.waitForLine("failed search `lezzz`, last match: let s = 1")
    let screen = terminal.screen
    #expect(screen.style(row: 0, column: 15) == "" && screen.style(row: 0, column: 17) == "31")
    #expect(screen.style(row: 0, column: 35) == "2" && screen.style(row: 0, column: 43) == "2")
    terminal.send("\r")
    try terminal.waitForText("<\"let s = 1\">")
  }

  // MARK: - Screen

  @Test func `rule 10: the cursor is right among wide and combining characters`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("日本e\u{301}👩\u{200D}💻x")
    // This screen joins no emoji: the renderer goes on at the column where one emoji ends.
    try terminal.waitForLine("fixture> 日本e\u{301}👩\u{200D}x")
    for column in [16, 14, 13, 11, 9, 9] {
      terminal.send("\u{1B}[D")
      try terminal.wait(for: "column \(column)") { $0.column == column }
    }
    terminal.send("\u{1B}[C\u{1B}[3~\u{5}\u{7F}\u{7F}!\r")
    try terminal.waitForText("<\"日e\u{301}!\">")
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test func `rule 10: a flag takes two columns, and is moved over and deleted as one`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("\"🇩🇪abcdef\"" + String(repeating: "\u{1B}[D", count: 5) + "X")
    try terminal.waitForScreen("fixture> \"🇩🇪abXcdef\"", cursor: (0, 15))
    terminal.send("\u{2}\u{2}\u{2}👍🏽")
    // This screen joins nothing: of the thumb the first half is seen.
    try terminal.waitForScreen("fixture> \"🇩🇪👍abXcdef\"", cursor: (0, 14))
    terminal.send("\u{1B}[D\u{7F}")
    try terminal.waitForScreen("fixture> \"👍abXcdef\"", cursor: (0, 10))
    terminal.send("\u{1B}[3~\u{5}\u{2}!\r")
    try terminal.waitForText("<\"\\\"abXcdef!\\\"\">")
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test func `rule 10: wide characters wrap whole`() throws {
    let terminal = try FixtureTerminal(columns: 20).terminal
    terminal.send("日本語日本語日本語\u{1}X")
    try terminal.waitForScreen("fixture> X日本語日本\n語日本語", cursor: (0, 10))
  }

  @Test func `rule 11: a resize redraws a wrapped line`() throws {
    let terminal = try FixtureTerminal().terminal
    let text = String(repeating: "z", count: 90)
    terminal.send("first\r")
    try terminal.waitForText("<\"first\">\nfixture>")
    terminal.send(text)
    try terminal.wait(for: "three rows") { $0.row == 4 }
    terminal.resize(columns: 110, rows: 12)
    try terminal.waitForScreen(
      "fixture> first\n<\"first\">\nfixture> \(text)", cursor: (2, 99))
    terminal.resize(columns: 25, rows: 12)
    try terminal.waitForScreen(
      """
      fixture> first
      <"first">
      fixture> \(text.prefix(16))
      \(text.prefix(25))
      \(text.prefix(25))
      \(text.prefix(24))
      """, cursor: (5, 24))
    terminal.send("!\r")
    try terminal.waitForText("z!\">")
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test func `rule 11: growing leaves no copy of a line of several rows`() throws {
    let terminal = try FixtureTerminal(columns: 20, rows: 12).terminal
    terminal.send("f {" + String(repeating: "z", count: 40) + "\r")
    try terminal.wait(for: "a further line") { $0.currentLine == "......>" && $0.column == 10 }
    terminal.send("1")
    try terminal.waitForLine("......>   1")
    for columns in [60, 30, 100] {
      let count = terminal.bytes.count
      terminal.resize(columns: columns, rows: 12)
      try terminal.wait(for: "the new size") { _ in terminal.bytes.count > count }
      try terminal.waitForLine("......>   1")
    }
    terminal.send("!")
    try terminal.waitForLine("......>   1!")
    let text = "fixture> f {" + String(repeating: "z", count: 40) + "\n......>   1!"
    #expect(terminal.screen.transcript == text)
  }

  @Test func `input higher than the screen scrolls and stays whole`() throws {
    let terminal = try FixtureTerminal(columns: 20, rows: 5).terminal
    let text = (0..<40).map { "word\($0)" }.joined(separator: " ")
    terminal.send(text)
    try terminal.wait(for: "the end") { $0.text.hasSuffix("word39") }
    terminal.send("\u{1}")
    try terminal.wait(for: "the start") { $0.lines[0].hasPrefix("fixture> word0") }
    terminal.send("\u{5}!\r")
    try terminal.waitForText("word39!")
    try terminal.waitForLine("fixture>")
    let rows = terminal.screen.transcript.split(separator: "\n").map {
      $0.padding(toLength: 20, withPad: " ", startingAt: 0)
    }
    #expect(rows.joined().contains("fixture> \(text)!"))
  }

  @Test func `rule 12: Tab completes, shows a menu and walks through it`() throws {
    let terminal = try FixtureTerminal(columns: 60).terminal
    terminal.send("ru\t")
    try terminal.waitForScreen(
      "fixture> run\nrun           runner_close  runner_info   runners", cursor: (0, 12))
    terminal.send("\t\t")
    try terminal.wait(for: "the choice") {
      $0.lines[0] == "fixture> runner_close" && $0.style(row: 1, column: 14) == "7"
    }
    terminal.send("\u{1B}[Z")
    try terminal.wait(for: "the one before") { $0.lines[0] == "fixture> run" }
    terminal.send("!")
    try terminal.waitForScreen("fixture> run!", cursor: (0, 13))
    terminal.send(" task\t")
    try terminal.waitForScreen(
      "fixture> run! task\ntaskmaster  suspended\ntasktrain   running", cursor: (0, 18))
    terminal.send("m\t")
    try terminal.waitForScreen("fixture> run! taskmaster")
    terminal.send(" zzz\t 日\t")
    try terminal.waitForScreen("fixture> run! taskmaster zzz 日本")
  }

  @Test func `rule 12: completion that takes long does not block`() throws {
    let terminal = try FixtureTerminal().terminal
    let start = ContinuousClock.now
    terminal.send("slow\t\tok\r")
    try terminal.waitForText("<\"slowok\">")
    #expect(ContinuousClock.now - start < .seconds(4))
  }

  @Test func `rule 12: a completion that comes late is shown if the line is the same`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("tardy\t")
    try terminal.waitForLine("fixture> tardy_answer")
    terminal.send("\rtardy\tx")
    try terminal.waitForLine("fixture> tardyx")
    // What is asked meanwhile is answered after it.
    terminal.send("\u{15}tick\t")
    try terminal.waitForLine("fixture> ticker")
  }

  @Test func `rule 13: vi keys from .editrc`() throws {
    let terminal = try FixtureTerminal(editrc: "bind -v\n").terminal
    terminal.send("hello")
    try terminal.waitForLine("fixture> hello")
    terminal.send("\u{1B}")
    try terminal.wait(for: "command mode") { $0.column == 13 }
    terminal.send("0x")
    try terminal.waitForScreen("fixture> ello", cursor: (0, 9))
    terminal.send("\r")
    try terminal.waitForText("<\"ello\">\nfixture>")
    terminal.send("\u{1B}k")
    try terminal.waitForLine("fixture> ello")
  }

  @Test func `rule 13: vi's search is ours`() throws {
    let terminal = try FixtureTerminal(editrc: "bind -v\n", history: "one\ntwo\n").terminal
    terminal.send("\u{1B}")
    try terminal.waitForLine("fixture>")
    terminal.send("\u{1B}[D/")
    try terminal.waitForLine("search ``:")
    terminal.send("on\r")
    try terminal.waitForText("<\"one\">")
  }

  @Test func `rule 13: the user's own bindings win`() throws {
    let editrc = "bind ^R ed-insert\nbind ^[[15~ ed-move-to-beg\n"
    let terminal = try FixtureTerminal(editrc: editrc).terminal
    terminal.send("abc\u{1B}[15~x\u{1B}[17~\r")
    try terminal.waitForText("<\"xabc\">")
  }

  // MARK: - Signals

  @Test func `Ctrl-C while something runs is for what runs`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("hold\r")
    try terminal.waitForText("holding")
    #expect(terminal.isCooked)
    terminal.send("\u{3}")
    try terminal.waitForText("held\nfixture>")
  }

  @Test func `what is typed ahead while something runs comes next`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("hold\r")
    try terminal.waitForText("holding")
    terminal.send("ahead\r")
    try terminal.waitForText("ahead")
    terminal.signal(SIGUSR2)
    try terminal.waitForText("held")
    try terminal.waitForText("<\"ahead\">\nfixture>")
  }

  @Test func `what is typed beside a status does not touch it, and comes next`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("work\r")
    try terminal.waitForLine("working")
    #expect(!terminal.isCooked)
    terminal.send("ahead")
    while terminal.read(milliseconds: 100) {}
    #expect(terminal.screen.text == "fixture> work\nworking")
    terminal.signal(SIGUSR2)
    try terminal.waitForScreen("fixture> work\nfixture> ahead", cursor: (1, 14))
    terminal.send("\r")
    try terminal.waitForText("<\"ahead\">\nfixture>")
  }

  @Test func `what is typed above a status is seen, and comes next`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("toil\r")
    try terminal.waitForText("toiling")
    #expect(terminal.isCooked)
    terminal.send("ahead")
    try terminal.waitForScreen("fixture> toil\nahead\ntoiling", cursor: (1, 5))
    terminal.signal(SIGUSR2)
    // What the terminal has shown stays, as it does without a status.
    try terminal.waitForScreen("fixture> toil\nahead\nfixture> ahead", cursor: (2, 14))
    #expect(terminal.screen.unknown.isEmpty)
    terminal.send("\r")
    try terminal.waitForText("<\"ahead\">\nfixture>")
  }

  @Test func `Ctrl-C while something runs drops what was typed ahead`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("hold\rahead\r")
    try terminal.waitForText("holding")
    terminal.send("\u{3}")
    try terminal.waitForText("held\nfixture>")
    terminal.send("next\r")
    try terminal.waitForText("<\"next\">")
    #expect(!terminal.screen.text.contains("ahead"))
  }

  @Test func `Ctrl-V takes keys as characters, but never Ctrl-C`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("a\u{16}\tb\u{16}\u{16}\r")
    try terminal.waitForText("<\"a\\tb\\u{16}\">\nfixture>")
    terminal.send("a\u{16}\u{3}")
    try terminal.waitForText("text: true")
  }

  @Test func `an interruption from another thread drops the line`() throws {
    let terminal = try FixtureTerminal().terminal
    try terminal.prepare("interrupt")
    terminal.send("typed")
    try terminal.waitForLine("fixture> typed")
    terminal.signal(SIGUSR1)
    try terminal.waitForText("fixture> typed^C\ninterrupted, text: true\nfixture>")
  }

  @Test func `a terminal without styles gets none`() throws {
    let terminal = try FixtureTerminal(environment: ["NO_COLOR": "1"]).terminal
    terminal.send("ru\t\tx\r")
    try terminal.waitForText("<\"runx\">")
    let written = String(decoding: terminal.bytes, as: UTF8.self)
    #expect(!written.contains(/\u{1B}\[[0-9;]*m/))
  }
}
