import Foundation
import RunnerCells
import TerminalTesting
import Testing

/// Completion of Swift by the toolchain's SourceKit, in a terminal: rule 12.
@Suite(.serialized, .timeLimit(.minutes(3))) struct CompletionTests {
  private static let hasSourceKit: Bool = {
    let toolchain = try? Toolchain.discover(environment: ProcessInfo.processInfo.environment)
    return toolchain.map { FileManager.default.isReadableFile(atPath: $0.sourceKit) } ?? false
  }()

  /// Types a text, and presses Tab until a menu or a word comes of it: an answer that is late is not shown.
  private func complete(_ text: String, until shown: String, at prompt: Prompt) throws {
    prompt.terminal.send(text)
    try prompt.terminal.waitForLine("main> \(text)")
    var looks = 0
    try prompt.terminal.wait(for: "'\(shown)' after '\(text)'", seconds: 30) { screen in
      if screen.text.contains(shown) { return true }
      if looks.isMultiple(of: 10) { prompt.terminal.send("\t") }
      looks += 1
      return false
    }
  }

  @Test(
    .enabled(
      if: hasSourceKit,
      "The toolchain has no libsourcekitdInProc.so, so nothing completes Swift here."))
  func `rule 12: members and names come with their types, and the rest of a word is typed`() throws
  {
    let prompt = try Prompt(["-q"], environment: Home.toolchain)
    _ = try prompt.execute(
      "struct Point { var x = 1; func length(in unit: String) -> Double { 1 } }")
    _ = try prompt.execute("let someOrigin = Point()")
    try complete("someOrigin.", until: "length(in:   (in: String) -> Double", at: prompt)
    #expect(prompt.terminal.screen.text.contains("x            Int"))
    prompt.terminal.send("\u{3}")
    try prompt.terminal.waitForLine("main>")
    try complete("someOrigin.le", until: "main> someOrigin.length(in:", at: prompt)
    prompt.terminal.send("\"m\")\r")
    try prompt.terminal.waitForText("Double = 1.0")
    try complete("print(someO", until: "main> print(someOrigin", at: prompt)
    prompt.terminal.send(".x)\r")
    try prompt.terminal.waitForText("\n1\nmain>")
    #expect(try prompt.leave() == 0)
  }

  @Test func `rule 12: without a compiler the session's own names are completed`() throws {
    let prompt = try Prompt(["-q"])
    try complete("countd", until: "main> countdown(", at: prompt)
  }
}
