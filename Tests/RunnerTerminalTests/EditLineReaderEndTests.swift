import Foundation
import TerminalTesting
import Testing

/// Whatever ends a program that edits lines, it leaves the terminal as it was.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct EditLineReaderEndTests {
  @Test func `Ctrl-backslash restores the terminal and kills`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("typed\u{1C}")
    try expectEnd(of: terminal, by: SIGQUIT)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT])
  func `a deadly signal restores the terminal and kills`(signal: Int32) throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("typed")
    try terminal.waitForLine("fixture> typed")
    terminal.signal(signal)
    try expectEnd(of: terminal, by: signal)
    #expect(!terminal.screen.modes.contains("2004"))
  }

  @Test func `a crash restores the terminal`() throws {
    let terminal = try FixtureTerminal(columns: 200).terminal
    try terminal.prepare("crash")
    terminal.signal(SIGUSR1)
    let status = try terminal.waitForExit()
    #expect([SIGILL, SIGTRAP].map { 128 + $0 }.contains(status))
    #expect(terminal.isCooked)
  }

  @Test func `what shows a status leaves the terminal as it was when it is killed`() throws {
    let terminal = try FixtureTerminal().terminal
    terminal.send("work\r")
    try terminal.waitForLine("working")
    terminal.signal(SIGTERM)
    try expectEnd(of: terminal, by: SIGTERM)
  }

  private func expectEnd(of terminal: PseudoTerminal, by signal: Int32) throws {
    #expect(try terminal.waitForExit() == 128 + signal)
    #expect(terminal.isCooked)
  }
}
