import Foundation
import TerminalTesting
import Testing

/// vi's keys, and what libedit's own commands would do on a screen that nobody sees.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct ViTests {
  private func terminal(_ more: String = "", history: String? = nil) throws -> PseudoTerminal {
    try FixtureTerminal(columns: 60, editrc: "bind -v\n\(more)", history: history).terminal
  }

  /// A terminal with this line in command mode, its cursor on the last character.
  private func terminal(inCommandMode line: String) throws -> PseudoTerminal {
    let terminal = try terminal()
    terminal.send(line)
    let end = 9 + line.count
    try terminal.wait(for: "'\(line)'") {
      $0.currentLine.hasPrefix("fixture> ") && $0.column == end
    }
    try escape(terminal, to: end - 1)
    return terminal
  }

  private static let paste = "\u{1B}[200~PASTED\u{1B}[201~"

  /// Leaves insert mode, which is over when the cursor stands on the last character.
  private func escape(_ terminal: PseudoTerminal, to column: Int) throws {
    terminal.send("\u{1B}")
    try terminal.wait(for: "command mode") { $0.column == column }
  }

  @Test func `a paste in command mode goes before the cursor, and none of it is a command`() throws
  {
    let terminal = try terminal(inCommandMode: "abc")
    terminal.send("\u{1B}[200~ddxx\u{1B}[201~")
    try terminal.waitForLine("fixture> abddxxc")
    terminal.send("x\r")
    try terminal.waitForText("<\"abddxx\">")
  }

  @Test func `a paste while a command waits for a motion ends that command`() throws {
    let terminal = try terminal(inCommandMode: "one two")
    terminal.send("0d\(Self.paste)w\r")
    try terminal.waitForText("<\"PASTEDone two\">")
  }

  @Test(arguments: ["r", "f", "F", "t"])
  func `a paste while a command waits for a character is not lost`(key: String) throws {
    let terminal = try terminal(inCommandMode: "abc")
    terminal.send("\(key)\(Self.paste)")
    try terminal.wait(for: "the paste") { $0.currentLine.contains("PASTED") }
    terminal.send("\r")
    try terminal.wait(for: "the line") { $0.text.contains("PASTED") && $0.text.contains("<\"") }
  }

  @Test(arguments: ["v", ":", "\u{1B}x"])
  func `commands that would ask on the screen do nothing`(key: String) throws {
    let terminal = try terminal(inCommandMode: "abc")
    terminal.send("\(key)0x\r")
    try terminal.waitForText("<\"bc\">\nfixture>")
  }

  @Test func `undo, change and repeat work`() throws {
    let terminal = try terminal(inCommandMode: "one two three")
    terminal.send("0dwu")
    try terminal.waitForLine("fixture> one two three")
    terminal.send("0cwfour")
    try terminal.waitForLine("fixture> four two three")
    terminal.send("\r")
    try terminal.waitForText("<\"four two three\">")
  }

  @Test func `a dot repeats the text that the line began with, dots in it too`() throws {
    let terminal = try terminal(inCommandMode: "a.b ")
    terminal.send(".\r")
    try terminal.waitForText("<\"a.ba.b  \">\nfixture>")
  }

  @Test func `a dot repeats an insertion into a text that is higher than the screen`() throws {
    let terminal = try FixtureTerminal(columns: 12, rows: 5, editrc: "bind -v\n").terminal
    terminal.send(String(repeating: "a", count: 120) + "\u{1B}")
    try terminal.wait(for: "command mode") { $0.column == 8 }
    terminal.send("A" + String(repeating: "b", count: 20) + "\u{1B}")
    try terminal.wait(for: "command mode") { $0.column == 4 }
    terminal.send("0.\r")
    let line = String(repeating: "a", count: 120) + String(repeating: "b", count: 40)
    try terminal.wait(for: "the line") {
      $0.transcript.replacing("\n", with: "").contains("<\"\(line)\">")
    }
  }

  @Test func `a dot never accepts a line by itself`() throws {
    let terminal = try terminal()
    terminal.send("x.\r\u{1B}[1;3C`.")
    while terminal.read(milliseconds: 200) {}
    terminal.send("\u{3}alive\r")
    try terminal.waitForText("<\"alive\">\nfixture>")
    #expect(terminal.screen.transcript.components(separatedBy: "<\"").count < 5)
  }

  @Test func `bindings of one's own are respected in both modes`() throws {
    let terminal = try terminal("bind ^P ed-move-to-beg\nbind -a q ed-move-to-beg\n")
    terminal.send("abc\u{10}x")
    try terminal.waitForLine("fixture> xabc")
    try escape(terminal, to: 9)
    terminal.send("$qx\r")
    try terminal.waitForText("<\"abc\">")
  }

  @Test func `arrows, Home, End and Delete work in both modes`() throws {
    let terminal = try terminal(history: "older\n")
    terminal.send("abc\u{1B}[H\u{1B}[3~\u{1B}[F!")
    try terminal.waitForLine("fixture> bc!")
    try escape(terminal, to: 11)
    terminal.send("\u{1B}[H")
    try terminal.wait(for: "the start") { $0.column == 9 }
    terminal.send("\u{1B}[A")
    try terminal.waitForLine("fixture> older")
    terminal.send("\u{1B}[B\r")
    try terminal.waitForText("<\"bc!\">")
  }

  // libedit's command line, with a quote that does not end, would crash.
  @Test(arguments: [("\u{1B}x", ""), ("\u{1B}X", ""), ("\u{14}", "bind ^T ed-command\n")])
  func `a command line of libedit's is never read`(key: String, editrc: String) throws {
    let terminal = try FixtureTerminal(editrc: editrc).terminal
    terminal.send("abc\(key)\"!\r")
    try terminal.waitForText("<\"abc\\\"!\">")
  }

  @Test func `ESCDELAY says how long the rest of a key may take`() throws {
    let home = try TemporaryFolder()
    try home.write("bind -v\n", to: ".editrc")
    let terminal = try FixtureTerminal(home: home, environment: ["ESCDELAY": "5000"]).terminal
    terminal.send("abc\u{1B}")
    try terminal.waitForLine("fixture> abc")
    // Slow as a bad line may be, this is one key.
    while terminal.read(milliseconds: 150) {}
    terminal.send("[D!\r")
    try terminal.waitForText("<\"ab!c\">")
  }
}
