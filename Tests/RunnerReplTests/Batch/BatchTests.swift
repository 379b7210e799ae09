import Testing

/// Commands without a terminal: results alone on stdout, everything else on stderr.
@Suite(.timeLimit(.minutes(1)))
struct BatchTests {
  @Test func `rule 36: a run prints what it prints, and nothing else`() throws {
    let result = try Batch("-c", "run countdown(1)").finish()
    #expect(result.status == 0)
    #expect(result.output == "1\nliftoff\n")
    #expect(result.errors == "")
  }

  @Test func `several -c are executed in their order on the same runners`() throws {
    let result = try Batch(
      "-c", "run family(0)", "-c", "spawn sleep(60) --name nap", "-c", "cancel nap",
      "-c", "start main", "-c", "wait nap"
    ).finish()
    #expect(result.output == "[]\ntask 2 nap\n")
    #expect(result.errors.contains("'start main' lets it happen"))
    #expect(result.errors.contains("main: loop running\n"))
  }

  @Test func `a file is executed line by line`() throws {
    let home = try Home()
    let file = try home.write("run countdown(0)\n\nrun family(0)", to: "commands")
    let result = try Batch(["-f", file], home: home).finish()
    #expect(result.status == 0)
    #expect(result.output == "liftoff\n[]\n")
    #expect(result.errors == "")
  }

  @Test func `a pipe is executed line by line, also a last line without its end`() throws {
    let result = try Batch([], input: .text("run countdown(0)\nrun countdown(0)")).finish()
    #expect(result.status == 0)
    #expect(result.output == "liftoff\nliftoff\n")
    #expect(result.errors == "")
  }

  @Test func `a pipe is answered while it is still open`() throws {
    let batch = try Batch([], input: .open)
    batch.send("run countdown(0)\n")
    try batch.waitForOutput("liftoff\n")
    batch.send("spawn sleep(60)\n")
    try batch.waitForOutput("task 2 sleep\n")
    batch.endInput()
    #expect(try batch.finish().status == 0)
  }

  @Test func `no input at all is nothing to do`() throws {
    let result = try Batch().finish()
    #expect(result.status == 0)
    #expect(result.output + result.errors == "")
  }

  @Test func `an input over several lines is one`() throws {
    let result = try Batch([], input: .text("run countdown(\n0\n)\nrun nothing()\n")).finish()
    #expect(result.output == "liftoff\n")
    #expect(result.errors.hasPrefix("stdin:4: "))
  }

  @Test func `quit ends a batch before its end`() throws {
    let result = try Batch([], input: .text("quit\nnonsense\n")).finish()
    #expect(result.status == 0)
    #expect(result.output == "")
  }

  @Test func `--version and --help go to stdout`() throws {
    let version = try Batch("--version").finish()
    #expect(version.status == 0 && version.output == "0.1\n" && version.errors == "")
    let help = try Batch("--help").finish()
    #expect(help.status == 0 && help.errors == "")
    #expect(help.output.contains("USAGE: runner-repl [-c <cmd> ...] [-f <file>]"))
    #expect(help.output.contains("5 a deadlock was found"))
  }

  @Test func `the manual page and the completion scripts go to stdout`() throws {
    let manual = try Batch("--manual").finish()
    #expect(manual.status == 0 && manual.errors == "")
    #expect(manual.output.hasPrefix(".TH RUNNER\\-REPL 1"))
    #expect(manual.output.contains("\\-\\-completion <shell>"))
    #expect(manual.output.contains(".SH KEYS\n") && manual.output.contains(".B \"Ctrl\\-L\"\n"))
    for shell in ["bash", "zsh", "fish"] {
      let script = try Batch("--completion", shell).finish()
      #expect(script.status == 0 && script.errors == "")
      #expect(script.output.contains("no-history") && script.output.contains("interrupt"))
      #expect(!script.output.contains("--worker"))
    }
    let unknown = try Batch("--completion", "csh").finish()
    #expect(unknown.status == 2 && unknown.errors.contains("one of 'bash', 'zsh' or 'fish'"))
  }

  @Test func `the init file, the greeting and the history belong to the prompt alone`() throws {
    let home = try Home()
    try home.write("nonsense\n", to: home.initPath)
    let result = try Batch(["-c", "run countdown(0)"], home: home).finish()
    #expect(result.status == 0)
    #expect(result.output == "liftoff\n" && result.errors == "")
    #expect(throws: (any Error).self) { try home.history() }
  }
}
