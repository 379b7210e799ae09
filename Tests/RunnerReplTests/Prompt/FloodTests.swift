import Foundation
import TerminalTesting
import Testing

/// Cells that print as fast as they can, through a real worker.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct FloodTests {
  /// Far less than what is printed, and far more than the program's own needs vary.
  private static let mostMemory = 32 << 20

  @Test func `a flood from the background leaves the prompt usable, and comes whole and in order`()
    throws
  {
    let prompt = try Prompt(["-q"], columns: 130, rows: 12, environment: Home.toolchain)
    try prompt.execute("import Foundation")
    try prompt.execute("let file = ProcessInfo.processInfo.environment[\"HOME\"]! + \"/stop\"")
    try prompt.execute(
      "func flood() { var n = 0; while n < 100_000, access(file, F_OK) != 0 { n += 1; print(\"line\", n) }; "
        + "print(\"end\", n) }")
    try prompt.execute("start main")
    let before = ChildProcess.peakMemory(of: prompt.terminal.processID)
    try prompt.enter("spawn flood()")
    try prompt.terminal.wait(for: "the flood") { $0.scrollback.count > 5000 }
    // What is read ends anywhere in the flood, so that the screen seldom stands still at the prompt.
    try type("jobs", until: "jobs", at: prompt.terminal)
    try type("\r", until: "no jobs", at: prompt.terminal)
    try type("half typed", until: "half typed", at: prompt.terminal)
    try prompt.home.write("", to: "stop")
    try prompt.terminal.wait(for: "the end", seconds: 60) {
      $0.text.contains(/\nend [0-9]+\nmain> half typed/)
    }
    // What a person and a command write may stand in the middle of a line.
    let shown = prompt.terminal.screen.transcript.components(separatedBy: "spawn flood()\n")[1]
      .replacing(/main> (jobs)?|half typed|no jobs|task [0-9]+ flood|%|\n/, with: "")
    let parts = shown.components(separatedBy: "end ")
    let numbers = parts[0].components(separatedBy: "line ").dropFirst()
    #expect(numbers.elementsEqual((1...numbers.count).map(String.init)))
    #expect(parts.last == "\(numbers.count)")
    #expect(ChildProcess.peakMemory(of: prompt.terminal.processID) - before < Self.mostMemory)
    prompt.terminal.send("\u{3}")
    #expect(try prompt.leave() == 0)
  }

  /// Types keys, and waits until the program has written a text that is not part of the flood.
  private func type(_ keys: String, until text: String, at terminal: PseudoTerminal) throws {
    var looked = terminal.bytes.count
    terminal.send(keys)
    try terminal.wait(for: "'\(text)' beside the flood") { _ in
      let new = String(decoding: terminal.bytes[looked...], as: UTF8.self)
      looked = max(looked, terminal.bytes.count - text.utf8.count)
      return new.contains(text)
    }
  }

  @Test func `a line of a megabyte that does not end comes whole, with the prompt below it`() throws
  {
    let prompt = try Prompt(["-q"], rows: 12, environment: Home.toolchain)
    try prompt.execute("1 + 1")
    let before = ChildProcess.peakMemory(of: prompt.terminal.processID)
    prompt.terminal.send(
      "print(String(repeating: \"0123456789\", count: 100_000), terminator: \"\")\r")
    try prompt.terminal.wait(for: "the prompt below it", seconds: 60) {
      $0.text.hasSuffix("89%\nmain>") || $0.text.hasSuffix("89\n%\nmain>")
    }
    let shown = prompt.terminal.screen.transcript.replacing("\n", with: "")
    #expect(shown.contains(String(repeating: "0123456789", count: 100_000) + "%"))
    #expect(ChildProcess.peakMemory(of: prompt.terminal.processID) - before < Self.mostMemory)
    #expect(try prompt.execute("40 + 2") == ["Int = 42"])
    #expect(try prompt.leave() == 0)
  }
}
