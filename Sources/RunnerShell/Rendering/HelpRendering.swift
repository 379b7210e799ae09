/// Writes the help from the commands' own descriptions.
package enum HelpRendering {
  /// Returns the list of all commands; it fits a screen of 80 by 24.
  package static func list(_ registry: CommandRegistry, _ spec: RenderSpec) -> [StyledLine] {
    let groups = CommandGroup.allCases.map {
      (name: $0.rawValue, entries: entries(of: $0, registry))
    }
    let groupWidth = groups.map(\.name.count).max() ?? 0
    let synopsisWidth = registry.commands.map(\.shortSynopsis.count).max() ?? 0
    let (indent, column) = (groupWidth + 2, groupWidth + synopsisWidth + 4)
    let isNarrow = spec.width.map { $0 < column + narrowestSummary } ?? false
    let lines = groups.flatMap { name, entries in
      isNarrow
        ? [StyledLine(name, .dim)] + LabelledText(entries).render(column: column, spec)
        : labelled(name, LabelledText(entries, indent: indent).render(column: column, spec))
    }
    let end = StyledLine(
      "'help COMMAND' and 'help keys' tell more. EXPR is Swift; so is any other line.")
    return lines + LineWrapping.wrap(end, columns: spec.width)
  }

  private static let narrowestSummary = 20

  /// Writes a word into the margin of the first line.
  private static func labelled(_ word: String, _ lines: [StyledLine]) -> [StyledLine] {
    guard let first = lines.first, let head = first.runs.first else { return [] }
    let rest = StyledText(String(head.text.dropFirst(word.count)), head.style)
    return [StyledLine([StyledText(word, .dim), rest] + first.runs.dropFirst())] + lines.dropFirst()
  }

  /// Returns the commands of a group; those that belong together share an entry.
  private static func entries(
    of group: CommandGroup, _ registry: CommandRegistry
  ) -> [(label: String, text: String)] {
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
      command.arguments.map { (label: $0.spelling, text: $0.meaning) }
      + command.allFlags.map { (label: $0.heading, text: $0.meaning) }
    lines += LabelledText(entries).render(spec)
    lines.append(StyledLine(command.examples.count == 1 ? "example" : "examples", .dim))
    return lines
      + command.examples.flatMap { LineWrapping.wrap(StyledLine($0), indent: 2, hanging: 6, spec) }
  }

  /// Returns what the keys do while a line is edited.
  package static func keys(_ spec: RenderSpec) -> [StyledLine] {
    let entries = EditorKeys.entries.map { (label: $0.keys, text: $0.meaning) }
    return LabelledText(entries).render(spec)
      + LineWrapping.wrap(StyledLine(EditorKeys.remark, .dim), columns: spec.width)
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
