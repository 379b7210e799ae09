import RunnerShell
import Testing

@Suite struct InputClassifierTests {
  private var classifier = InputClassifier(coroutines: ["countdown", "sleep"])

  private func kind(_ line: String) throws -> String {
    do {
      switch try classifier.classify(line) {
      case .empty: return "empty"
      case .needsMore: return "more"
      case .swift: return "swift"
      case .command(let invocation): return invocation.command.name
      }
    } catch  where error.message.hasPrefix("There is no command") {
      return "none"
    }
  }

  @Test(arguments: [
    ("countdown 3", "countdown(3)"), ("sleep  0.5", "sleep(0.5)"),
    ("countdown 1 2", "countdown(1, 2)"), ("countdown every: 3", "countdown(…)"),
  ])
  func `a coroutine that is used like a command is told how to run`(
    line: String, call: String
  ) throws {
    let name = line.prefix { $0 != " " }
    let error = try #require(throws: CommandError.self) { try classifier.classify(line) }
    #expect(
      error.message == "'\(name)' is a coroutine and no command; write 'run \(call)'.")
  }

  @Test func `a name that was lost is Swift, however near a command is`() throws {
    var lost = self
    lost.classifier.lostNames = ["keep", "ps"]
    #expect(try ["keep", "keep 3", "ps"].map(lost.kind) == ["swift", "swift", "ps"])
    #expect(try ["helq", "helq 3"].map(kind) == ["none", "none"])
  }

  @Test(arguments: [
    ("ps", "ps"), ("  ps  ", "ps"), ("ps --all", "ps"), (":ps", "ps"), (":ps --all", "ps"),
    (": ps", "ps"), (":  ps --all", "ps"), ("time f(", "more"), ("time 1 + 1", "time"),
    ("type [1,", "more"), ("time = 3", "swift"), ("time(nil)", "swift"),
    ("ps(3)", "swift"), ("ps.count", "swift"), ("ps = 3", "swift"), ("ps =3", "swift"),
    ("ps == x", "swift"), ("ps - 3", "swift"), ("ps+1", "swift"), ("ps[0]", "swift"),
    ("cancel *", "cancel"), ("", "empty"), ("   \t", "empty"), ("let ps = 3", "swift"),
    ("countdown(3)", "run"), ("sleep(1) &", "run"), ("countdown(3).x", "swift"),
    ("countdown(3) + 1", "swift"), ("other(3)", "swift"), ("Foo.bar", "swift"), ("3 + 4", "swift"),
    ("func f() {", "more"), ("run f(", "more"), ("cancel 'a", "more"), ("[1,\n2", "more"),
    (#"run f("a"#, "more"), ("func f() {\n}", "swift"),
    ("// it's (a remark", "empty"), ("#!/usr/bin/env x", "empty"), ("# a remark", "empty"),
    ("  //x\n# y\nps", "ps"), ("#if os(Linux)", "swift"), ("// x\r\nps", "ps"),
    ("#\"raw\"#", "swift"), ("wait (3)", "wait"), ("var n = 1", "swift"), ("v", "vars"),
    ("total", "swift"), ("x ps", "none"), ("hystory", "none"), ("type a + b", "type"),
    ("total + 1", "swift"), ("for n in 1...3 {\n}", "swift"), ("]", "swift"),
  ])
  func `commands and Swift are told apart`(line: String, expected: String) throws {
    #expect(try kind(line) == expected)
  }

  @Test func `a name that the session declared is Swift, and with a colon the command`() throws {
    var classifier = classifier
    classifier.declaredNames = ["jobs"]
    guard case .swift = try classifier.classify("jobs") else {
      Issue.record("the declared name was not seen")
      return
    }
    guard case .command = try classifier.classify(":jobs") else {
      Issue.record("the colon was not seen")
      return
    }
  }

  @Test(arguments: [
    ("ps\0", "The input has a NUL byte at character 3; nothing was executed."),
    ("p\u{FFFD}", "The input has a byte that is not UTF-8 at character 2; nothing was executed."),
    (
      "run\u{1} sleep(0)",
      "The input has the control character U+0001 at character 4; nothing was executed."
    ),
    (
      "\u{1B}[31mps",
      "The input has the control character U+001B at character 1; nothing was executed."
    ),
    (
      "p\rs", "The input has the control character U+000D at character 2; nothing was executed."
    ),
    (":", "The name of a command follows ':', as in ':ps'. Type 'help' for the list."),
    ("run f(])", "There is a ']' here that nothing opens."),
  ])
  func `bad bytes are one sentence`(line: String, sentence: String) {
    #expect(throws: CommandError(.usage, sentence)) { try classifier.classify(line) }
  }

  @Test func `a megabyte on one line is refused`() {
    let sentence = "This input has 1000000 bytes, at most 262144 are read; nothing was executed."
    #expect(throws: CommandError(.usage, sentence)) {
      try classifier.classify(String(repeating: "a", count: 1_000_000))
    }
  }

  @Test func `carriage returns that end lines are no part of them`() throws {
    #expect(try kind("ps\r") == "ps")
    #expect(try kind("run sleep(\r\n0)\r\n") == "run")
  }

  @Test(arguments: [
    ("x y", 5000), ("ps y", 5000), ("ps \u{202E}evil", 1), (":\u{202E}", 100), (":", 1),
  ])
  func `errors never echo much of the input`(text: String, count: Int) {
    let line = String(repeating: text, count: count)
    let error = #expect(throws: CommandError.self) { try classifier.classify(line) }
    let message = error?.message ?? ""
    #expect(message.count < 160)
    #expect(message.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) || $0 == "…" })
  }

  @Test(.timeLimit(.minutes(1))) func `a long input is read quickly`() throws {
    let line = "run f(" + String(repeating: "(1, 2),", count: 30_000) + "3)"
    #expect(try kind(line) == "run")
  }
}
