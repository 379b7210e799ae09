import TerminalTesting
import Testing

/// Ctrl-C while a cell runs, and what cells die of.
extension RuleTests {
  @Test func `rule 19: Ctrl-C during an await cancels that cell alone`() throws {
    let rule = try RuleRecorder(19)
    try rule.enter("spawn sleep(600) --name nap")
    try rule.enter("start main")
    try rule.press(
      "print(\"waiting\"); try await sleep(60)", .enter, running: "waiting")
    rule.say(
      try rule.measure(within: .milliseconds(100)) {
        try rule.press(.control("C"), until: "was cancelled")
      })
    rule.say("The task in the background is still there:")
    #expect(try rule.enter("tree").contains { $0.contains("nap") })
    try rule.finish()
  }

  @Test func `rule 20: Ctrl-C during an endless loop gives the prompt back`() throws {
    let rule = try RuleRecorder(20)
    try rule.enter("let kept = 1")
    let old = try rule.prompt.worker()
    try rule.press(
      "print(\"busy\"); while true {}", .enter, running: "busy")
    rule.say(
      try rule.measure(within: .seconds(1)) {
        try rule.press(.control("C"), until: "':replay' runs")
      })
    #expect(try rule.prompt.worker(otherThan: old) != old)
    rule.say("What was lost comes back when it is asked for:")
    #expect(try rule.enter(":vars") == ["no variables"])
    #expect(try rule.enter(":replay") == ["kept: Int = 1"])
    try rule.finish()
  }

  @Test func `rule 21: whatever a cell dies of, the session lives on`() throws {
    let rule = try RuleRecorder(21, ["--memory-limit", "1GiB"])
    #expect(try rule.enter("var kept = [\"one\"]") == ["kept: [String] = [\"one\"]"])
    let deaths = [
      ("A failed check", "fatalError(\"boom\")", "Fatal error: boom"),
      ("An index out of range", "kept[7]", "Index out of range"),
      ("Nil where there must be a value", "Int?.none!", "Unexpectedly found nil"),
      ("A division by zero", "func zero() -> Int { 0 }; 1 / zero()", "Division by zero"),
      (
        "An endless recursion",
        "func deep(_ n: Int) -> Int { n < 0 ? 0 : deep(n + 1) + 1 }; deep(1)", "the stack is full"
      ),
      (
        "Memory that is not there", "UnsafeMutablePointer<Int>(bitPattern: 8)!.pointee = 3",
        "memory at 0x8"
      ),
      (
        "No memory left, with a limit of 1 GiB",
        "var hog: [[UInt8]] = []; while true { hog.append(Array(repeating: 1, count: 1 << 24)) }",
        "the memory limit of 1 GiB was reached"
      ),
      ("The end of the process", "import Foundation; exit(3)", "exited with code 3"),
    ]
    for (title, cell, reason) in deaths {
      rule.say("\(title):")
      let old = try rule.prompt.worker()
      try rule.press(.text(cell), .enter, until: "':replay' runs")
      _ = try rule.prompt.worker(otherThan: old)
      #expect(rule.prompt.terminal.screen.transcript.contains(reason), "\(cell)")
      #expect(try rule.enter(":vars") == ["no variables"])
      #expect(try rule.enter(":replay") == ["kept: [String] = [\"one\"]"])
    }
    let screen = rule.prompt.terminal.screen.transcript
    #expect(screen.contains("\ncell-2:1: Fatal error: boom\n"))
    #expect(screen.contains("\n  cell at cell-2:1\n      fatalError(\"boom\")\n"))
    #expect(screen.contains("\n  cell at cell-3:1\n      kept[7]\n"))
    #expect(screen.contains("\n  deep(_:) at cell-6:1, 128 times\n"))
    #expect(screen.contains("exited: exit(3) was called\n  cell at cell-9:1\n"))
    #expect(!screen.contains("Cell2/"))
    rule.say("What may do something again outside is run only when the answer is yes:")
    try rule.enter("print(\"hello\")")
    let old = try rule.prompt.worker()
    try rule.press("fatalError()", .enter, until: "':replay' runs")
    _ = try rule.prompt.worker(otherThan: old)
    try rule.press("replay", .enter, until: "", line: "run them again? [y/N]")
    try rule.press("y", .enter, until: "hello")
    rule.say("The history is whole:")
    try rule.press(.up, .up, .up, .up, .up, .up, until: "the cell before") {
      $0.currentLine == "main> import Foundation; exit(3)"
    }
    try rule.press(.control("C"), until: "", line: "main>")
    try rule.finish()
  }
}
