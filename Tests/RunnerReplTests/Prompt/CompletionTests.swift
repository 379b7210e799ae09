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

  /// Types a text and Tab, and waits for what comes of it: an answer that is late comes by itself.
  private func complete(_ text: String, until shown: String, at prompt: Prompt) throws {
    prompt.terminal.send(text)
    try prompt.terminal.waitForLine("main> \(text)")
    prompt.terminal.send("\t")
    try prompt.terminal.waitForText(shown, seconds: 30)
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

  @Test(
    .enabled(
      if: hasSourceKit,
      "The toolchain has no libsourcekitdInProc.so, so nothing completes Swift here."))
  func `rule 12: SourceKit starts once, when a person begins to type`() throws {
    let prompt = try Prompt(["-q"], environment: Home.toolchain)
    let worker = try prompt.worker()
    #expect(ChildProcess.completers(of: worker).isEmpty)
    prompt.terminal.send("[1].")
    try prompt.terminal.wait(for: "SourceKit") { _ in
      !ChildProcess.completers(of: worker).isEmpty
    }
    let completers = ChildProcess.completers(of: worker)
    #expect(prompt.terminal.screen.currentLine == "main> [1].")
    // A cell that was sent before this has its answer would end the process.
    prompt.terminal.send("removeLas\t")
    try prompt.terminal.waitForText("main> [1].removeLast(", seconds: 30)
    prompt.terminal.send("\u{15}")
    try prompt.terminal.waitForLine("main>")
    prompt.terminal.send("[2]\r")
    try prompt.terminal.waitForText("[Int] = [2]\nmain>")
    try complete("[1].removeLas", until: "main> [1].removeLast(", at: prompt)
    #expect(ChildProcess.completers(of: worker) == completers)
    #expect(completers.count == 1)
  }

  @Test(arguments: [[], ["-c", "print(1 + 1)", "-c", "sleep(600)"]])
  func `rule 12: where nobody types SourceKit does not start`(arguments: [String]) throws {
    let batch = try Batch(
      arguments, input: .open, environment: Home.toolchain.mapValues { $0 as String? })
    let worker = try batch.waitForWorker()
    batch.send("print(1 + 1)\nsleep(600)\n")
    try batch.waitForOutput("2")
    #expect(ChildProcess.completers(of: worker).isEmpty)
  }

  @Test func `rule 12: without a compiler the session's own names are completed`() throws {
    let prompt = try Prompt(["-q"])
    try complete("countd", until: "main> countdown(", at: prompt)
  }
}
