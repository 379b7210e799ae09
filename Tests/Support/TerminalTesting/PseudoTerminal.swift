internal import CPseudoTerminal
internal import Foundation
internal import Glibc

/// A program on a pseudo terminal, with the screen it has painted.
///
/// Waits are for facts on the screen, never for time:
///
///     let terminal = try PseudoTerminal(PseudoTerminal.product("runner-repl"), columns: 60, rows: 12)
///     try terminal.waitForLine("main>")
///     terminal.send("run countdown(3)\r")
///     try terminal.waitForText("liftoff")
///     terminal.send("\u{4}")
///     #expect(try terminal.waitForExit() == 0)
///     #expect(terminal.isCooked && terminal.screen.unknown.isEmpty)
///
/// For Ctrl-Z run the program under `bash -i`: without a shell that could continue it, stop signals are ignored.
/// Used on one thread.
public final class PseudoTerminal {
  public private(set) var screen: Screen
  /// All bytes that the program has written.
  public private(set) var bytes: [UInt8] = []
  public let processID: Int32
  private let master: Int32
  private var status: Int32?

  /// A wait that was in vain, with the screen at its end.
  public struct TimedOut: Error, CustomStringConvertible {
    public let description: String
  }

  /// Starts a program with an environment of its own, in which `HOME` is no folder and TERM is xterm-256color.
  ///
  /// - Throws: `TimedOut` when there is no pseudo terminal.
  public init(
    _ path: String, _ arguments: [String] = [], columns: Int = 80, rows: Int = 24,
    environment: [String: String] = [:]
  ) throws {
    var variables = [
      "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin",
      "HOME": "/dev/null", "SWIFT_BACKTRACE": "enable=no",
    ]
    variables["LD_LIBRARY_PATH"] = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"]
    variables.merge(environment) { $1 }
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    var pairs = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { (words + pairs).forEach { free($0) } }
    var master: Int32 = -1
    processID = cpty_spawn(path, &words, &pairs, Int32(columns), Int32(rows), &master)
    self.master = master
    screen = Screen(columns: columns, rows: rows)
    guard processID > 0 else { throw TimedOut(description: "no pseudo terminal: \(errno)") }
  }

  deinit {
    if processID > 0, status == nil {
      var ignored: Int32 = 0
      kill(processID, SIGKILL)
      while !cpty_collect(processID, &ignored) { usleep(1000) }
    }
    if master >= 0 { close(master) }
  }

  /// The path of an executable that was built beside the running tests.
  public static func product(_ name: String) -> String {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0])
    for _ in 0..<5 {
      folder.deleteLastPathComponent()
      let path = folder.appendingPathComponent(name).path
      if FileManager.default.isExecutableFile(atPath: path) { return path }
    }
    return name
  }

  // MARK: - Acting

  /// Types text; control characters are keys ("\u{3}" is Ctrl-C, "\r" is Enter).
  public func send(_ text: String) {
    send(Array(text.utf8))
  }

  /// Types bytes; reads meanwhile, because the program may be waiting for its output to be read.
  public func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(master, $0.baseAddress, min($0.count, 4096)) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if !read(milliseconds: 10), errno != EAGAIN {
        return
      }
    }
  }

  public func resize(columns: Int, rows: Int) {
    screen.resize(columns: columns, rows: rows)
    _ = cpty_resize(master, Int32(columns), Int32(rows))
  }

  public func signal(_ number: Int32) {
    kill(processID, number)
  }

  // MARK: - Waiting

  /// Waits until the screen satisfies a condition.
  ///
  /// - Throws: `TimedOut` with the screen.
  public func wait(
    for what: String, seconds: Double = 15, _ condition: (Screen) -> Bool
  ) throws {
    let end = Date().addingTimeInterval(seconds)
    while !condition(screen) {
      guard Date() < end else { throw timedOut("waiting for \(what)") }
      if !read(milliseconds: 50) { usleep(1000) }
    }
  }

  /// Waits until the screen contains a text.
  ///
  /// - Throws: `TimedOut` with the screen.
  public func waitForText(_ text: String, seconds: Double = 15) throws {
    try wait(for: "'\(text)'", seconds: seconds) { $0.text.contains(text) }
  }

  /// Waits until the cursor's line is this one.
  ///
  /// - Throws: `TimedOut` with the screen.
  public func waitForLine(_ line: String, seconds: Double = 15) throws {
    try wait(for: "line '\(line)'", seconds: seconds) { $0.currentLine == line }
  }

  /// Waits until the screen shows exactly this, with the cursor there if it is given.
  ///
  /// - Throws: `TimedOut` with the screen.
  public func waitForScreen(
    _ text: String, cursor: (row: Int, column: Int)? = nil, seconds: Double = 15
  ) throws {
    let place = cursor.map { " and the cursor at \($0)" } ?? ""
    try wait(for: "the screen\n\(text)\n\(place)", seconds: seconds) { screen in
      screen.text == text && cursor.map { $0 == (screen.row, screen.column) } ?? true
    }
  }

  /// Waits for the program's end; returns its exit code, or 128 + the signal that ended it.
  ///
  /// - Throws: `TimedOut` with the screen.
  public func waitForExit(seconds: Double = 15) throws -> Int32 {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      if !read(milliseconds: 10) { usleep(1000) }
      var code: Int32 = 0
      guard cpty_collect(processID, &code) else { continue }
      while read(milliseconds: 20) {}
      status = code
      return code
    }
    throw timedOut("waiting for the program's end")
  }

  /// Whether the terminal is as a shell leaves it: lines, echo and signal keys.
  public var isCooked: Bool { isInLineMode && modes.echo }

  /// Whether the terminal has lines and signal keys, with or without echo.
  public var isInLineMode: Bool { modes.canonical && modes.signals }

  private var modes: (canonical: Bool, echo: Bool, signals: Bool) {
    var modes = (canonical: false, echo: false, signals: false)
    guard cpty_modes(master, &modes.canonical, &modes.echo, &modes.signals) else {
      return (false, false, false)
    }
    return modes
  }

  /// Reads what is there; false when nothing came in time or the program has closed the terminal.
  @discardableResult
  public func read(milliseconds: Int32) -> Bool {
    var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = Glibc.read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    bytes += buffer[..<count]
    screen.feed(buffer[..<count])
    return true
  }

  private func timedOut(_ what: String) -> TimedOut {
    TimedOut(
      description: """
        timed out \(what); the cursor is at \((screen.row, screen.column)) in
        \(screen.text)
        """)
  }
}
