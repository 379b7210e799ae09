import Foundation
import TerminalTesting

/// The fixture on a pseudo terminal, in a home of its own.
final class FixtureTerminal {
  /// Another build of it where `TERMINAL_FIXTURE` says so, such as one under a sanitizer.
  static let program =
    ProcessInfo.processInfo.environment["TERMINAL_FIXTURE"]
    ?? PseudoTerminal.product("terminal-fixture")
  let terminal: PseudoTerminal
  let home: TemporaryFolder

  /// Starts the fixture; without flow control Ctrl-S never stops its output.
  init(
    columns: Int = 40, rows: Int = 12, editrc: String? = nil, history: String? = nil,
    home: TemporaryFolder? = nil, environment: [String: String] = [:], flowControl: Bool = true
  ) throws {
    let home = try home ?? TemporaryFolder()
    self.home = home
    if let editrc { try home.write(editrc, to: ".editrc") }
    if let history { try home.write(history, to: ".local/state/runner-repl/history") }
    terminal = try PseudoTerminal(
      flowControl ? Self.program : "/bin/sh",
      flowControl ? [] : ["-c", "stty -ixon; exec \"$0\"", Self.program], columns: columns,
      rows: rows,
      environment: ["HOME": home.path].merging(environment) { $1 })
    try terminal.waitForLine("fixture>")
    try terminal.wait(for: "bracketed paste") { $0.modes.contains("2004") }
  }
}

extension PseudoTerminal {
  /// Types a verb of the fixture that acts on SIGUSR1, and waits until that may come.
  func prepare(_ verb: String) throws {
    send("\(verb)\r")
    try waitForText("ready")
    try waitForLine("fixture>")
  }
}

/// A folder that goes away with its last owner.
final class TemporaryFolder {
  let url: URL
  var path: String { url.path }

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "runner-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func write(_ text: String, to name: String) throws {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self)
  }
}
