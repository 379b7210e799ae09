import TerminalTesting
import Testing

/// What is printed in the background without the end of its line.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct PartialLineTests {
  @Test func `a line that has not ended is seen while its task goes on`() throws {
    let prompt = try Prompt(["-q"], columns: 130, environment: Home.toolchain)
    try prompt.execute(
      "func parts() async throws { for n in 1...3 { print(n, terminator: \" \"); try await sleep(0.2) }; "
        + "try await sleep(600) }")
    try prompt.execute("start main")
    try prompt.enter("spawn parts()")
    try prompt.terminal.waitForText("task 2 parts\n1 2 3\nmain>")
    let waited = try prompt.execute("wait 2 --limit 0.1")
    #expect(waited.first?.hasPrefix("task 2 parts has not ended") == true)
    #expect(try prompt.leave() == 0)
  }

  @Test func `a line that never ends is seen after its task has ended`() throws {
    let prompt = try Prompt(["-q"], environment: Home.toolchain)
    try prompt.execute("func part() { print(\"alone\", terminator: \"\") }")
    try prompt.execute("start main")
    try prompt.enter("spawn part()")
    try prompt.terminal.waitForText("task 2 part\nalone\nmain>")
    #expect(try prompt.leave() == 0)
  }

  @Test func `a line that has not ended is seen from a thread that no loop knows`() throws {
    let prompt = try Prompt(["-q"], environment: Home.toolchain)
    try prompt.execute("import Foundation")
    try prompt.execute(
      "Thread.detachNewThread { usleep(200_000); print(\"apart\", terminator: \"\") }")
    try prompt.terminal.waitForText("\napart\nmain>")
    #expect(try prompt.leave() == 0)
  }
}
