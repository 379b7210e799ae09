import Testing
import TerminalTesting

/// What the prompt says of the runner in use.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct PromptCountsTests {
  /// The program as a person has it who has set nothing.
  private func prompt(_ arguments: [String] = []) throws -> Prompt {
    let home = try Home()
    try home.write("set counts on\n", to: home.initPath)
    return try Prompt(arguments, home: home)
  }

  @Test func `live tasks and unread errors are counted, also while nothing is typed`() throws {
    let prompt = try prompt()
    try prompt.enter("spawn sleep(3600)")
    try prompt.terminal.waitForLine("[1▶] main>")
    try prompt.enter("spawn fail(after: 0)")
    try prompt.terminal.waitForLine("[2▶] main>")
    try prompt.enter("start main")
    try prompt.terminal.waitForLine("[1▶1!] main>")
    try prompt.enter("new lab")
    try prompt.enter("use lab")
    try prompt.terminal.waitForLine("lab>")
    #expect(prompt.terminal.screen.unknown.isEmpty)
  }

  @Test func `ASCII has them too, and 'set counts off' does without`() throws {
    let prompt = try prompt(["--ascii"])
    try prompt.enter("spawn sleep(3600)")
    try prompt.terminal.waitForLine("[1>] main>")
    try prompt.enter("set counts off")
    try prompt.terminal.waitForLine("main>")
  }
}
