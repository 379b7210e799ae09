import RunnerCore
import RunnerCoreTesting
import RunnerExamples
import Testing

@Suite struct BuiltInCallTests {
  @Test(
    arguments: [
      ("sleep(3)", "sleep(3)"),
      ("sleep(-1)", "sleep(-1)"),
      ("sleep(+0.25)", "sleep(0.25)"),
      ("sleep(1e-3)", "sleep(0.001)"),
      ("ticker(0.5)", "ticker(every: 0.5)"),
      ("ticker(every: 0.5)", "ticker(every: 0.5)"),
      ("  ticker  (  every  :\t0.5\n)  ", "ticker(every: 0.5)"),
      ("countdown(1_000)", "countdown(1000)"),
      ("countdown(0x1F)", "countdown(31)"),
      ("countdown(1e9)", "countdown(1000000000)"),
      ("countdown(2.0)", "countdown(2)"),
      ("countdown(9223372036854775807)", "countdown(9223372036854775807)"),
      ("echoClient(port: 8080, count: 3)", "echoClient(port: 8080, count: 3)"),
      ("echoClient(8080,3)", "echoClient(port: 8080, count: 3)"),
      ("echoClient(port:8080,3,)", "echoClient(port: 8080, count: 3)"),
      ("echoServer(port: 0)", "echoServer(port: 0)"),
      ("deadlock()", "deadlock()"),
      ("deadlock( \n )", "deadlock()"),
      ("try await countdown(3)", "countdown(3)"),
      ("await spin(1)", "spin(1)"),
    ])
  func `a call with literal arguments is understood`(text: String, full: String) throws {
    let call = try BuiltInCall(parsing: text)
    #expect(call.description == full)
    #expect(try BuiltInCall(parsing: full).description == full)
  }

  @Test(
    arguments: [
      (
        "countdwn(3)",
        "There is no coroutine 'countdwn'. Did you mean 'countdown'? 'examples' lists them."
      ),
      (
        "EchoServer(port: 1)",
        "There is no coroutine 'EchoServer'. Did you mean 'echoServer'? 'examples' lists them."
      ),
      (
        "producer()",
        "There is no coroutine 'producer'. Did you mean 'producerConsumer'? 'examples' lists them."
      ),
      ("slep(1)", "There is no coroutine 'slep'. Did you mean 'sleep'? 'examples' lists them."),
      ("frobnicate(1)", "There is no coroutine 'frobnicate'. 'examples' lists what can be run."),
      ("frobnicate", "There is no coroutine 'frobnicate'. 'examples' lists what can be run."),
    ])
  func `an unknown coroutine is named, and a near one suggested`(text: String, message: String)
    throws
  {
    try expect(message, .notFound, from: text)
  }

  @Test(
    arguments: [
      ("countdown()", "'countdown' takes 1 argument and was given 0; write countdown(n)."),
      ("countdown(1, 2)", "'countdown' takes 1 argument and was given 2; write countdown(n)."),
      ("deadlock(1)", "'deadlock' takes no arguments and was given 1; write deadlock()."),
      (
        "echoClient(port: 1)",
        "'echoClient' takes 2 arguments and was given 1; write echoClient(port: number, count: n)."
      ),
      ("ticker(evry: 1)", "'ticker' has no argument 'evry:'; write ticker(every: seconds)."),
      ("sleep(seconds: 1)", "'sleep' has no argument 'seconds:'; write sleep(seconds)."),
      (
        "echoClient(count: 3, port: 8080)",
        "The argument 'count:' of 'echoClient' is not at its place; write echoClient(port: number, count: n)."
      ),
      ("countdown(1.5)", "The argument 'n' of 'countdown' must be a whole number, not '1.5'."),
      ("countdown(\"3\")", "The argument 'n' of 'countdown' must be a whole number, not '\"3\"'."),
      ("sleep(true)", "The argument 'seconds' of 'sleep' must be a number of seconds, not 'true'."),
      ("sleep(.nan)", "The argument 'seconds' of 'sleep' must be a number of seconds, not '.nan'."),
      ("chain(depth: nan)", "The argument 'depth:' of 'chain' must be a whole number, not 'nan'."),
      (
        "sleep(.infinity)",
        "The argument 'seconds' of 'sleep' must be at most 9000000000, not '.infinity'."
      ),
      ("spin(-0.1)", "The argument 'seconds' of 'spin' must be at least 0, not '-0.1'."),
      ("ticker(0)", "The argument 'every:' of 'ticker' must be at least 0.001, not '0'."),
      ("countdown(-1)", "The argument 'n' of 'countdown' must be at least 0, not '-1'."),
      ("chain(depth: 0)", "The argument 'depth:' of 'chain' must be at least 1, not '0'."),
      ("family(100_001)", "The argument 'n' of 'family' must be at most 100000, not '100_001'."),
      (
        "countdown(9223372036854775808)",
        "The argument 'n' of 'countdown' must be at most 9223372036854775807, not '9223372036854775808'."
      ),
      (
        "countdown(1e30)",
        "The argument 'n' of 'countdown' must be at most 9223372036854775807, not '1e30'."
      ),
      (
        "echoServer(port: 70000)",
        "The argument 'port:' of 'echoServer' must be at most 65535, not '70000'."
      ),
      ("echoClient(0, 1)", "The argument 'port:' of 'echoClient' must be at least 1, not '0'."),
      (
        "echoServer(\"http\")",
        "The argument 'port:' of 'echoServer' must be a port number, not '\"http\"'."
      ),
      ("countdown", "'countdown' is only the name of a coroutine; call it: countdown(n)."),
      (
        "countdown(3",
        "The call of 'countdown' ends without ')'; complete it, for example countdown(3)."
      ),
      ("sleep(\")", "The call of 'sleep' ends without ')'; complete it, for example countdown(3)."),
    ])
  func `arguments that do not fit are explained`(text: String, message: String) throws {
    let isNumber = message.contains(" must be at ")
    try expect(message, isNumber ? .argumentOutOfRange : .invalidArgument, from: text)
  }

  @Test(arguments: [
    "1 + 2", "let x = 3", "countdown(3) + 1", "countdown(3); countdown(3)", "x.y()", "(3)", "3",
    "{ }",
  ])
  func `what is no call is left to a compiler`(text: String) throws {
    try expect(
      "'\(text)' is not a call of a built-in coroutine; Swift cells are not part of this version, 'examples' lists what can be run.",
      .notBuiltInCall, from: text)
  }

  @Test(arguments: ["", "  ", "\n\t", "await"])
  func `nothing to run is said to be so`(text: String) throws {
    let error = try #require(throws: RunnerError.self) { try BuiltInCall(parsing: text) }
    #expect(
      error.message
        == "There is nothing to run; write a call of a built-in coroutine, such as countdown(3).")
  }

  @Test(
    arguments: [
      "f(3)", "(3)", "1 + 2", "[1]", "x", "- 3", ".5", "5.", "1e", "0x", "_1", "3a", "1,,2", "{ }",
    ])
  func `an argument that is no number literal is refused`(argument: String) throws {
    let error = try #require(throws: RunnerError.self) {
      try BuiltInCall(parsing: "countdown(\(argument))")
    }
    #expect([.notBuiltInCall, .invalidArgument].contains(error.code))
    #expect(error.message.hasSuffix("."))
  }

  @Test(
    arguments: [
      String(repeating: "x", count: 1 << 20),
      String(repeating: "(", count: 1 << 20),
      "sleep(" + String(repeating: "9", count: 1 << 20) + ")",
      "sleep(" + String(repeating: "1,", count: 1 << 19) + ")",
      "countdown(\"" + String(repeating: "\\", count: 1 << 20) + ")",
      "sleep(" + String(repeating: "e\u{301}", count: 1 << 18) + ": 1)",
      String(repeating: "\u{1B}[31m", count: 1 << 18),
    ])
  func `a huge text is refused with a short sentence`(text: String) throws {
    let error = try #require(throws: RunnerError.self) { try BuiltInCall(parsing: text) }
    #expect(error.message.unicodeScalars.count < 200)
  }

  @Test func `control characters are made visible, and no more than 60 characters are shown`()
    throws
  {
    try expect(
      "There is no coroutine 'x\u{FFFD}y'. 'examples' lists what can be run.", .notFound,
      from: String(decoding: [0x78, 0xFF, 0x79, 0x28, 0x29], as: UTF8.self))
    let error = try #require(throws: RunnerError.self) {
      try BuiltInCall(parsing: "\u{1B}[2J\0\r\n\u{202E}" + String(repeating: "a", count: 100))
    }
    #expect(error.message.hasPrefix("'\\u{1B}[2J\\0\\r\\n\\u{202E}aaaa"))
    let shown = error.message.split(separator: "'")[0]
    #expect(shown.unicodeScalars.count == 60)
    #expect(shown.hasSuffix("a…"))
  }

  @Test func `a coroutine without a value returns nil, others return theirs`() throws {
    let runner = Runner.virtual()
    let nothing = try BuiltInCall(parsing: "sleep(3600)")
    let depth = try BuiltInCall(parsing: "chain(depth: 2)")
    #expect(try runner.run { try await nothing.coroutine()() } == nil)
    #expect(try runner.run { try await depth.coroutine()() } as? Int == 2)
    try runner.close()
  }

  private func expect(
    _ message: String, _ code: RunnerError.Code, from text: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(throws: RunnerError(code, message), sourceLocation: sourceLocation) {
      try BuiltInCall(parsing: text)
    }
  }
}
