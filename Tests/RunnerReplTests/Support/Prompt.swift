import Foundation
import Glibc
import TerminalTesting

/// The program at a pseudo terminal, with its first prompt on the screen.
///
///     let prompt = try Prompt()
///     try prompt.enter("run countdown(0)")
///     try prompt.terminal.waitForText("liftoff\nmain>")
///
/// Used on one thread.
final class Prompt {
  /// What a prompt is at which nothing is typed.
  static let empty: Set = ["main>", "main (closed)>"]

  let terminal: PseudoTerminal
  let home: Home

  /// Starts the program and waits for its prompt.
  ///
  /// - Throws: `PseudoTerminal.TimedOut` when there is none.
  init(
    _ arguments: [String] = [], home: Home? = nil, columns: Int = 100, rows: Int = 30,
    environment: [String: String] = [:]
  ) throws {
    let home = try home ?? Home()
    self.home = home
    terminal = try PseudoTerminal(
      Batch.program, arguments, columns: columns, rows: rows,
      environment: home.environment.merging(environment) { $1 })
    try terminal.waitForLine("main>")
    // Until keys are read one by one, Ctrl-C is a signal, and three at once are one.
    try terminal.wait(for: "an editor") { $0.modes.contains("2004") && !terminal.isCooked }
  }

  /// The program at a terminal where it was, or will be, started by other means.
  init(at terminal: PseudoTerminal, home: Home) {
    self.terminal = terminal
    self.home = home
  }

  /// Types a line.
  func enter(_ line: String) throws {
    terminal.send(line + "\r")
  }

  /// Types a line, and waits for the next prompt under what comes of it; returns what came.
  @discardableResult
  func execute(_ line: String) throws -> [String] {
    let typed = "main> \(line)"
    let before = count(typed)
    terminal.send(line + "\r")
    try terminal.wait(for: "the prompt after '\(line)'") { _ in
      count(typed) > before && Self.empty.contains(terminal.screen.currentLine)
        && lines.last != typed
    }
    let shown = lines
    guard let start = shown.lastIndex(of: typed) else { return [] }
    return shown[(start + 1)...].filter { !Self.empty.contains($0) }
  }

  /// Looks until what a command shows has a text; the looks stay on the screen.
  func waitUntil(_ command: String, has text: String) throws {
    try terminal.wait(for: "'\(text)' of '\(command)'") { _ in
      (try? execute(command))?.contains { $0.contains(text) } == true
    }
  }

  /// Waits until the line that was entered keeps the program's main thread waiting.
  ///
  /// The kernel knows: the terminal is given back, and the program has slept through a while. Beside a status, such as
  /// the time that compiling takes, the terminal has no echo: `withEcho` waits until there is none.
  func waitForRun(withEcho: Bool = false) throws {
    var switches = -1
    var calm = 0
    try terminal.wait(for: "a program that waits") { _ in
      let now = ChildProcess.mainThreadSwitches(of: terminal.processID)
      let isRun = withEcho ? terminal.isCooked : terminal.isInLineMode
      calm = isRun && now == switches ? calm + 1 : 0
      switches = now
      return calm >= 4
    }
  }

  /// All lines that were ever shown.
  var lines: [String] { terminal.screen.transcript.split(separator: "\n").map(String.init) }

  private func count(_ line: String) -> Int { lines.count { $0 == line } }

  /// The worker that the program has now.
  func worker(otherThan old: pid_t? = nil) throws -> pid_t {
    var found: pid_t?
    try terminal.wait(for: "a worker") { _ in
      found = ChildProcess.children(of: terminal.processID).first { $0 != old }
      return found != nil
    }
    guard let found else { throw Failure("no worker") }
    return found
  }

  /// Leaves with Ctrl-D at an empty prompt, and returns the exit status.
  func leave() throws -> Int32 {
    try terminal.wait(for: "an empty prompt") { screen in
      Self.empty.contains(screen.currentLine) && !terminal.isCooked
    }
    terminal.send("\u{4}")
    return try terminal.waitForExit()
  }
}
