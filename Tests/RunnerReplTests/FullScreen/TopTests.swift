import Glibc
import TerminalTesting
import Testing

/// `top` on a real terminal: what is seen, and that the terminal is as it was afterwards.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct TopTests {
  private static let left = "\u{1B}[?1049l"

  /// A prompt with a runner that turns and a sleeping task.
  private func prompt(
    tasks: Int = 1, columns: Int = 100, rows: Int = 30, environment: [String: String] = [:],
    _ arguments: [String] = ["-q"]
  ) throws -> Prompt {
    let home = try Home()
    let spawns = (1...tasks).map { "spawn sleep(3600) --name nap\(tasks == 1 ? "" : "-\($0)")\n" }
    try home.write("start main\n" + spawns.joined(), to: home.initPath)
    return try Prompt(
      arguments, home: home, columns: columns, rows: rows, environment: environment)
  }

  /// Opens `top` and waits for its first picture.
  private func open(_ prompt: Prompt, _ line: String = "top --every 0.1") throws {
    try prompt.enter(line)
    try prompt.terminal.wait(for: "the first picture") {
      $0.isAlternate && $0.text.contains("q leaves") && $0.text.contains("STATE")
    }
  }

  private func expectRestored(_ prompt: Prompt) throws {
    try prompt.terminal.waitForLine("main>")
    try prompt.terminal.wait(for: "an editor") {
      !$0.isAlternate && $0.modes.contains("25") && $0.modes.contains("2004")
    }
    #expect(prompt.terminal.screen.unknown.isEmpty)
  }

  @Test(arguments: ["q", "\u{3}", "\u{1B}"])
  func `it shows the tasks, and leaves no trace`(key: String) throws {
    let prompt = try prompt()
    let before = prompt.terminal.screen.text
    try open(prompt)
    let lines = prompt.terminal.screen.lines
    #expect(lines[0].hasPrefix("top · "))
    #expect(lines.contains { $0.hasPrefix(" main ") && $0.contains("loop running") })
    #expect(lines.contains { $0.hasPrefix("> 1  nap   suspended  sleep, ") })
    #expect(!prompt.terminal.screen.modes.contains("25"))
    prompt.terminal.send(key)
    try expectRestored(prompt)
    #expect(prompt.terminal.screen.text == before + " top --every 0.1\nmain>")
    #expect(try prompt.leave() == 0)
    #expect(prompt.terminal.isCooked)
  }

  @Test func `it goes on by itself, and Space holds it still`() throws {
    let prompt = try prompt()
    try open(prompt)
    func age() -> String? {
      prompt.terminal.screen.lines.first { $0.contains(" nap ") }
    }
    let first = age()
    try prompt.terminal.wait(for: "another picture") { _ in age() != first }
    prompt.terminal.send(" ")
    try prompt.terminal.waitForText("paused")
    prompt.terminal.send("?")
    try prompt.terminal.waitForText("holds the picture still")
    prompt.terminal.send("x")
    try prompt.terminal.waitForText("paused")
    prompt.terminal.send("q")
    try expectRestored(prompt)
    #expect(try prompt.leave() == 0)
  }

  @Test func `of 1,000 tasks the last is found by End, by a filter, and looked at closely`() throws
  {
    let prompt = try prompt(tasks: 1000)
    try open(prompt)
    try prompt.terminal.waitForText("of 1000")
    prompt.terminal.send("\u{1B}[F")
    try prompt.terminal.wait(for: "the last task") { screen in
      screen.lines.contains { $0.hasPrefix(">1000  nap-1000 ") }
    }
    prompt.terminal.send("/p-77")
    try prompt.terminal.waitForText("/p-77")
    prompt.terminal.send("8")
    try prompt.terminal.wait(for: "the one that matches") { screen in
      screen.lines.contains { $0.hasPrefix("> 778  nap-778 ") }
    }
    prompt.terminal.send("\r\r")
    try prompt.terminal.waitForText("task 778 nap-778\n  state ")
    prompt.terminal.send("\u{1B}")
    try prompt.terminal.waitForText("1-1 of 1 · sort id · filter p-778")
    prompt.terminal.send("/\u{1B}")
    try prompt.terminal.waitForText("of 1000 · sort id · ? help")
    prompt.terminal.send("q")
    try expectRestored(prompt)
    #expect(try prompt.leave() == 0)
  }

  @Test func `it follows the size of the terminal`() throws {
    let prompt = try prompt(tasks: 200)
    try open(prompt)
    for (columns, rows) in [(60, 12), (300, 40), (80, 5), (200, 24)] {
      prompt.terminal.resize(columns: columns, rows: rows)
      try prompt.terminal.wait(for: "a picture of \(columns) columns") { screen in
        screen.lines[rows - 1].contains("of 200 · sort id")
          && screen.lines[0].hasPrefix("top · ")
          && screen.lines.dropLast().allSatisfy { !$0.contains("sort id") }
      }
      #expect(prompt.terminal.screen.unknown.isEmpty)
    }
    prompt.terminal.send("q")
    try expectRestored(prompt)
    #expect(try prompt.leave() == 0)
  }

  @Test func `output that comes meanwhile is shown when it closes, in order`() throws {
    let prompt = try prompt()
    try prompt.enter("spawn ticker(every: 0.01)")
    try prompt.terminal.waitForText("tick 2")
    try open(prompt)
    let ticks = { prompt.lines.compactMap { $0.hasPrefix("tick ") ? Int($0.dropFirst(5)) : nil } }
    let before = ticks().count
    // The ticker has made many steps while the view is open: its count of steps says so.
    try prompt.terminal.wait(for: "many ticks") { screen in
      screen.lines.contains { line in
        guard line.contains(" ticker ") else { return false }
        return line.split(separator: " ").contains { (Int($0) ?? 0) > 60 }
      }
    }
    #expect(!prompt.terminal.screen.text.contains("tick 3"))
    prompt.terminal.send("q")
    try prompt.terminal.wait(for: "the ticks") { _ in ticks().count > max(before, 40) }
    let shown = ticks()
    #expect(shown == Array(1...shown.count))
    try prompt.enter("cancel ticker")
    try prompt.terminal.waitForText("cancelled after")
    #expect(try prompt.leave() == 0)
  }

  @Test func `rule 21: when the worker dies it leaves, and then it is told`() throws {
    let prompt = try prompt()
    try open(prompt)
    kill(try prompt.worker(), SIGKILL)
    try prompt.terminal.waitForText("The worker was killed by SIGKILL")
    try expectRestored(prompt)
    #expect(try prompt.execute("run countdown(0)") == ["liftoff"])
    #expect(try prompt.leave() == 0)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT])
  func `a signal that ends the program gives the terminal back first`(signal: Int32) throws {
    let prompt = try prompt()
    try open(prompt)
    prompt.terminal.signal(signal)
    #expect(try prompt.terminal.waitForExit() == 128 + signal)
    #expect(prompt.terminal.isCooked)
    #expect(!prompt.terminal.screen.isAlternate)
    #expect(prompt.terminal.screen.modes == ["25"])
    #expect(prompt.terminal.screen.unknown.isEmpty)
  }

  @Test func `rule 6: Ctrl-Z gives the terminal back, and fg takes it again`() throws {
    let home = try Home()
    let terminal = try PseudoTerminal(
      "/bin/bash", ["--norc", "--noprofile", "-i"], columns: 100, rows: 24,
      environment: home.environment.merging(["PS1": "sh$ "]) { $1 })
    try terminal.waitForLine("sh$")
    terminal.send("\(Batch.program) -q\r")
    try terminal.waitForLine("main>")
    terminal.send("spawn sleep(60) --name nap\r")
    try terminal.waitForText("task 1 nap\nmain>")
    terminal.send("top\r")
    try terminal.wait(for: "top") { $0.isAlternate && $0.text.contains("> 1  nap") }
    terminal.send("\u{1A}")
    try terminal.waitForText("Stopped")
    try terminal.wait(for: "the main screen") { !$0.isAlternate && $0.modes.contains("25") }
    terminal.send("stty -a | grep -o -E -- '-?(icanon|echo|isig) '\r")
    try terminal.wait(for: "the shell's modes") {
      ["icanon", "echo", "isig"].allSatisfy($0.lines.contains)
    }
    terminal.send("fg\r")
    try terminal.wait(for: "top again") { $0.isAlternate && $0.text.contains("> 1  nap") }
    terminal.send("q")
    try terminal.wait(for: "the prompt") { !$0.isAlternate && $0.currentLine == "main>" }
    #expect(terminal.screen.unknown.isEmpty)
  }

  @Test func `without colours and with ASCII only the selection is still marked`() throws {
    let prompt = try prompt(environment: ["NO_COLOR": "1"], ["-q", "--ascii"])
    let before = prompt.terminal.bytes.count
    try open(prompt)
    #expect(prompt.terminal.screen.lines.contains { $0.hasPrefix("> 1  nap ") })
    let written = String(decoding: prompt.terminal.bytes[before...], as: UTF8.self)
    #expect(written.firstMatch(of: /\u{1B}\[[1-9;][0-9;]*m/) == nil)
    #expect(written.unicodeScalars.allSatisfy { $0.isASCII })
    prompt.terminal.send("q")
    try expectRestored(prompt)
    #expect(try prompt.leave() == 0)
  }

  @Test func `a dumb terminal is refused in one sentence that says what works`() throws {
    let home = try Home()
    let terminal = try PseudoTerminal(
      Batch.program, ["-q"], columns: 200, rows: 20,
      environment: home.environment.merging(["TERM": "dumb"]) { $1 })
    try terminal.waitForLine("main>")
    terminal.send("top\r")
    try terminal.waitForText("use 'watch 1 ps', 'ps', or 'top --count 1' here.")
    terminal.send("top --count 2 --every 0.1\r")
    try terminal.wait(for: "two pictures") { screen in
      screen.lines.count { $0.contains("top at ") } == 2
    }
    terminal.send("watch 0.1 runners\r")
    try terminal.wait(for: "three looks") { screen in
      screen.lines.count { $0.hasSuffix(" runners") } >= 3
    }
    terminal.send("\u{3}")
    // The terminal itself shows ^C.
    try terminal.wait(for: "a prompt") { $0.currentLine.hasSuffix("main>") }
    #expect(terminal.screen.unknown.isEmpty && !terminal.bytes.contains(0x1B))
    terminal.send("\u{4}")
    #expect(try terminal.waitForExit() == 0)
  }
}
