/// Writes the help from the commands' own descriptions.
package enum HelpRendering {
  /// Returns the list of all commands; it fits a screen of 80 by 24.
  package static func list(_ registry: CommandRegistry, _ spec: RenderSpec) -> [StyledLine] {
    let synopsisWidth = registry.commands.map(\.shortSynopsis.count).max() ?? 0
    let groupWidth = CommandGroup.allCases.map(\.rawValue.count).max() ?? 0
    var lines: [StyledLine] = []
    for group in CommandGroup.allCases {
      for (index, entry) in entries(of: group, registry).enumerated() {
        let label = padded(index == 0 ? group.rawValue : "", groupWidth + 2)
        lines.append(
          StyledLine([
            StyledText(label, .dim), StyledText(padded(entry.form, synopsisWidth + 2), .bold),
            StyledText(entry.summary),
          ]))
      }
    }
    lines.append(
      "'help COMMAND' tells more. EXPR is Swift, as sleep(3); so is any other line.")
    return lines
  }

  /// Returns the commands of a group; those that belong together share an entry.
  private static func entries(
    of group: CommandGroup, _ registry: CommandRegistry
  ) -> [(form: String, summary: String)] {
    var entries: [(names: [String], form: String, summary: String)] = []
    for command in registry.commands where command.group == group {
      if let shared = command.sharedSummary, let last = entries.indices.last {
        entries[last].names.append(command.name)
        entries[last].form = entries[last].names.joined(separator: ", ")
        entries[last].summary = shared
      } else {
        entries.append(([command.name], command.shortSynopsis, command.summary))
      }
    }
    return entries.map { ($0.form, $0.summary) }
  }

  /// Returns everything about one command.
  package static func page(_ command: Command, _ spec: RenderSpec) -> [StyledLine] {
    let width = min(spec.width ?? 80, 80)
    var lines = wrapped(command.synopsisParts, width: width).enumerated().map { index, line in
      StyledLine(index == 0 ? line : "     \(line)", .bold)
    }
    let words = command.meaning.split(separator: " ").map(String.init)
    lines += wrapped(words, width: width).map { StyledLine("  \($0)") }
    let entries =
      command.arguments.map { ($0.spelling, $0.meaning) }
      + command.allFlags.map { ($0.heading, $0.meaning) }
    let labelWidth = entries.map(\.0.count).max() ?? 0
    lines += entries.map { entry in
      StyledLine([StyledText("  " + padded(entry.0, labelWidth + 2), .bold), StyledText(entry.1)])
    }
    lines.append(StyledLine(command.examples.count == 1 ? "example" : "examples", .dim))
    return lines + command.examples.map { StyledLine("  \($0)") }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// Fills lines with words; they are indented, so they end a little before the width.
  private static func wrapped(_ words: [String], width: Int) -> [String] {
    var lines: [String] = []
    for word in words {
      if let last = lines.last, last.count + 1 + word.count <= width - 5 {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(word)
      }
    }
    return lines
  }
}
