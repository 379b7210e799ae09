import Foundation
import TerminalTesting
import Testing

/// Colours, character sets, closed outputs and missing folders.
@Suite(.timeLimit(.minutes(1)))
struct SurroundingsTests {
  private static let commands = [
    "start main", "spawn chain(depth: 3)", "spawn ticker(every: 60) --name metro", "ps", "tree",
    "loop", "runners", "jobs --all", "task metro", "help", "help run", "examples",
    "cancel metro", "history", "close main",
  ]

  private func everything(
    _ arguments: [String] = [], _ environment: [String: String?] = [:]
  ) throws -> Batch.Result {
    try Batch(
      arguments + Self.commands.flatMap { ["-c", $0] }, environment: environment
    ).finish()
  }

  @Test(arguments: [["NO_COLOR": "1"], ["TERM": "dumb"], [:]])
  func `rule 37: no escape where none is wanted`(environment: [String: String]) throws {
    let result = try everything([], environment)
    #expect(result.status == 0)
    #expect(!(result.output + result.errors).utf8.contains(0x1B))
  }

  @Test func `rule 37: --ascii writes ASCII only`() throws {
    let result = try everything(["--ascii"])
    #expect(result.status == 0)
    #expect((result.output + result.errors).utf8.allSatisfy { $0 < 0x80 && $0 != 0x1B })
  }

  @Test(arguments: [
    ["LC_ALL": "C"], ["LC_ALL": nil, "LANG": "C"], ["LC_ALL": nil],
    ["LC_ALL": "POSIX", "LANG": "en_US.UTF-8"],
  ])
  func `rule 37: a locale without UTF-8 gets ASCII only`(environment: [String: String?]) throws {
    let result = try everything([], environment)
    #expect(result.status == 0)
    #expect((result.output + result.errors).utf8.allSatisfy { $0 < 0x80 && $0 != 0x1B })
  }

  @Test func `colours are written where they are asked for`() throws {
    let result = try everything(["--color", "always"])
    #expect(result.status == 0)
    #expect(result.output.contains("\u{1B}["))
  }

  @Test func `rule 37: an output that is closed from the start makes no noise`() throws {
    let result = try Batch(["-c", "help", "-c", "examples"], outputIsClosed: true).finish()
    #expect(result.errors == "")
  }

  @Test(arguments: [">&-", ">/dev/full"], ["runners", "run countdown(0)", "help"])
  func `rule 37: what cannot be written is not lost in silence`(
    redirection: String, command: String
  ) throws {
    let result = try Batch(["-c", command], redirection: redirection).finish()
    #expect(result.status == 1)
    #expect(
      result.errors.hasSuffix(
        "Standard output cannot be written: it is closed, or its disk is full. "
          + "What was printed is lost.\n"))
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: [">&-", ">/dev/full"])
  func `rule 37: a prompt that cannot be written is not lost in silence`(redirection: String) throws
  {
    let home = try Home()
    let terminal = try PseudoTerminal(
      "/bin/sh", ["-c", "exec \"$0\" -q \(redirection)", Batch.program], columns: 120,
      environment: home.environment)
    terminal.send("runners\rquit\r")
    #expect(try terminal.waitForExit() == 1)
    let sentence = "Standard output cannot be written: it is closed, or its disk is full."
    #expect(terminal.screen.transcript.components(separatedBy: sentence).count == 2)
  }

  @Test func `rule 37: who prints nothing needs no output`() throws {
    let result = try Batch(["-c", "set counts on"], redirection: ">&-").finish()
    #expect(result.status == 0 && result.errors == "")
  }

  @Test func `rule 37: an output that is closed early makes no noise`() throws {
    let batch = try Batch(["-c", "run ticker(every: 0.05)"])
    try batch.waitForOutput("tick 1\n")
    batch.closeOutput()
    let result = try batch.finish()
    #expect(result.status == 141)
    #expect(result.errors == "")
  }

  @Test(arguments: [
    ["HOME": nil], ["HOME": "relative"], ["HOME": "/proc/nowhere"],
    ["XDG_STATE_HOME": "/proc", "XDG_CONFIG_HOME": "/proc"],
  ])
  func `rule 39: a batch needs no home`(environment: [String: String?]) throws {
    let result = try Batch(["-c", "run countdown(0)"], environment: environment).finish()
    #expect(result.status == 0)
    #expect(result.output == "liftoff\n" && result.errors == "")
  }
}
