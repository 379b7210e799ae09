/// Writes the section of the manual page on the commands, in roff.
package enum CommandManual {
  /// Returns the commands group by group, each with all that `help COMMAND` tells.
  package static func roff(_ registry: CommandRegistry) -> [String] {
    CommandGroup.allCases.flatMap { group -> [String] in
      let commands = registry.commands.filter { $0.group == group }
      guard !commands.isEmpty else { return [] }
      return [".SS \(RoffText.line(group.title))"] + commands.flatMap(entry)
    }
  }

  private static func entry(_ command: Command) -> [String] {
    var lines = [".TP", ".B \(RoffText.word(command.synopsis))", RoffText.line(command.meaning)]
    let words =
      command.arguments.map { ($0.spelling, $0.meaning) }
      + command.allFlags.map { ($0.heading, $0.meaning) }
    if !words.isEmpty {
      lines.append(".RS")
      lines += words.flatMap { [".TP", ".B \(RoffText.word($0.0))", RoffText.line($0.1)] }
      lines.append(".RE")
    }
    lines += [".RS", ".PP", command.examples.count == 1 ? "Example:" : "Examples:", ".PP", ".nf"]
    lines += command.examples.map { "\\&    \(RoffText.line($0))" }
    return lines + [".fi", ".RE"]
  }
}
