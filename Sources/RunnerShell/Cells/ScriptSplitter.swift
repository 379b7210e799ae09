/// Cuts a script into its cells and its commands: a line that begins with `//:` is a command.
package enum ScriptSplitter {
  package enum Part: Hashable, Sendable {
    case command(String, line: Int)
    case swift(String, line: Int)

    /// Where it begins.
    package var line: Int {
      switch self {
      case .command(_, let line), .swift(_, let line): line
      }
    }
  }

  /// Whether a file is a script, and not a list of lines as they are typed.
  package static func isScript(_ lines: [String], name: String) -> Bool {
    name.hasSuffix(".swift") || lines.contains { $0.hasPrefix("//:") }
  }

  /// Returns the parts in their order; lines are counted from 1.
  package static func parts(of lines: [String]) -> [Part] {
    var parts: [Part] = []
    var swift: [String] = []
    var start = 1
    func flush() {
      if swift.contains(where: { !$0.trimmed().isEmpty }) {
        parts.append(.swift(swift.joined(separator: "\n"), line: start))
      }
      swift = []
    }
    for (index, line) in lines.enumerated() {
      let text = line.trimmed()
      // The first line may name the interpreter.
      if index == 0, text.hasPrefix("#!") { continue }
      if text.hasPrefix("//:") {
        flush()
        let command = text.dropFirst(3).trimmed()
        if !command.isEmpty { parts.append(.command(command, line: index + 1)) }
      } else {
        if swift.isEmpty { start = index + 1 }
        swift.append(line)
      }
    }
    flush()
    return parts
  }
}
