import Foundation
import RunnerShell
import RunnerTerminal

/// What the environment and the options say about how to draw and where files are.
struct Surroundings {
  private let environment = ProcessInfo.processInfo.environment
  private let options: RunnerRepl

  init(_ options: RunnerRepl) {
    self.options = options
  }

  /// Whether a person types: no -c, no -f, and standard input is a terminal.
  var isInteractive: Bool {
    options.commands.isEmpty && options.file == nil && isatty(STDIN_FILENO) == 1
  }

  /// How text for standard output is drawn.
  var rendering: RenderSpec {
    RenderSpec(
      width: isatty(STDOUT_FILENO) == 1 ? TerminalSize.columns(of: STDOUT_FILENO) : nil,
      usesColor: usesColor, usesASCII: options.ascii || !usesUTF8)
  }

  var usesColor: Bool {
    switch options.color {
    case .always: return true
    case .never: return false
    case .auto:
      let term = environment["TERM"] ?? ""
      return environment["NO_COLOR", default: ""].isEmpty && isatty(STDOUT_FILENO) == 1
        && !["", "dumb", "emacs"].contains(term)
    }
  }

  /// Whether the locale that the environment names can show more than ASCII.
  private var usesUTF8: Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    let name = locale.lowercased()
    return name.contains("utf-8") || name.contains("utf8")
  }

  var history: History {
    options.skipsHistory ? History() : History(environment: environment)
  }

  /// The lines of the init file; `nil` when there is none.
  var initLines: [String]? {
    guard !options.skipsInit else { return nil }
    let configuration =
      environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? environment["HOME"].map { $0 + "/.config" }
    guard let configuration else { return nil }
    return try? Self.lines(ofFile: configuration + "/runner-repl/init")
  }

  /// The lines of a file; bytes that are no UTF-8 become U+FFFD.
  static func lines(ofFile path: String) throws -> [String] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    var lines = String(decoding: data, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
