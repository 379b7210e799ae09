import Glibc
import TerminalTesting
import Testing

/// Ctrl-Z and `fg` while a cell has the terminal; the tests of the line that is typed are rule 6.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct JobControlTests {
  @Test func `a cell that reads takes nothing from the shell while it is stopped`() throws {
    let (shell, home) = try promptInShell()
    defer { withExtendedLifetime(home) {} }
    shell.send("print(\"name?\"); let name = readLine()\r")
    try shell.wait(for: "the question") { $0.text.hasSuffix("\nname?") && shell.isCooked }
    let program = try #require(ChildProcess.children(of: shell.processID).first)
    let worker = try #require(ChildProcess.children(of: program).first)

    shell.send("\u{1A}")
    try shell.waitForText("Stopped")
    try shell.waitForLine("sh$")
    try shell.wait(for: "a worker that is stopped") { _ in ChildProcess.state(of: worker) == "T" }
    for number in 1...3 {
      shell.send("echo $((\(number)+10))\r")
      try shell.waitForText("\n1\(number)\nsh$")
    }

    shell.send("fg\r")
    try shell.wait(for: "a worker that goes on") { _ in ChildProcess.state(of: worker) == "S" }
    shell.send("ada\r")
    try shell.waitForText("name: String? = \"ada\"\nmain>")
    shell.send("\u{4}")
    try shell.waitForLine("sh$")
    #expect(shell.screen.unknown.isEmpty)
  }

  @Test func `after Ctrl-Z and fg while a loop turns, a cell that reads still hears of Ctrl-C`()
    throws
  {
    let (shell, home) = try promptInShell()
    defer { withExtendedLifetime(home) {} }
    // The stop interrupts the wait of the loop's thread, which executes the cell afterwards.
    shell.send("start main\r")
    try shell.waitForText("loop running")
    try shell.waitForLine("main>")
    shell.send("\u{1A}")
    try shell.waitForText("Stopped")
    try shell.waitForLine("sh$")
    shell.send("fg\r")
    try shell.waitForLine("main>")
    shell.send("print(\"name?\"); let name = readLine()\r")
    try shell.wait(for: "the question") { $0.text.hasSuffix("\nname?") && shell.isCooked }
    shell.send("\u{3}")
    try shell.waitForText("name: String? = nil\ninterrupted:")
    try shell.waitForLine("main>")
    shell.send("\u{4}")
    try shell.waitForLine("sh$")
  }

  /// The program at its prompt, in a shell, and the folder that it lives in as long as it is kept.
  private func promptInShell() throws -> (PseudoTerminal, Home) {
    let home = try Home()
    let shell = try PseudoTerminal(
      "/bin/bash", ["--norc", "--noprofile", "-i"], columns: 100, rows: 24,
      environment: home.environment.merging(Home.toolchain) { $1 }.merging(["PS1": "sh$ "]) { $1 })
    try shell.waitForLine("sh$")
    shell.send("\(Batch.program) -q\r")
    try shell.waitForLine("main>")
    return (shell, home)
  }
}
