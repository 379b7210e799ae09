/// Writes the manual of all commands as Markdown: `Docs/Reference/commands.md`.
package enum CommandReference {
  /// Returns the page.
  package static func markdown(_ registry: CommandRegistry) -> String {
    var lines = [
      "# Commands", "",
      "Generated from the commands' own descriptions: edit those, and write this page anew with",
      "`UPDATE_GOLDEN=1 swift test --filter CommandReferenceTests`.", "",
      "A line whose first word is a command is a command, unless `(`, `.`, `=` or an operator",
      "follows that word; `:name` is always the command. Commands that only look may be shortened",
      "to a unique beginning. TASK is a number, or a name that only one live task has. EXPR is an",
      "expression of Swift, such as the call of a built-in coroutine: see `examples`, and",
      "[cells.md](../Explanation/cells.md). TIME is `2s`, `250ms`, `1.5m` or a number of seconds.",
      "Words with blanks in them take quotes, `'...'` or `\"...\"`; inside of the latter `\\\"` is a quote and",
      "`\\\\` a backslash, and every other backslash stands for itself.",
      "`--json` is described in [json-output.md](json-output.md).", "",
    ]
    for group in CommandGroup.allCases {
      lines += ["## \(group.title)", ""]
      for command in registry.commands where command.group == group {
        lines += section(command)
      }
    }
    lines += [
      "## Keys", "", "While a line is typed; `help \(EditorKeys.topic)` tells the same.", "",
    ]
    lines += ["| | |", "|---|---|"] + EditorKeys.entries.map { "| \($0.keys) | \($0.meaning) |" }
    return (lines + ["", EditorKeys.remark]).joined(separator: "\n") + "\n"
  }

  private static func section(_ command: Command) -> [String] {
    var lines = ["### `\(command.name)`", "", "    \(command.synopsis)", "", command.meaning, ""]
    let entries =
      command.arguments.map { ($0.spelling, $0.meaning) }
      + command.allFlags.map { ($0.heading, $0.meaning) }
    if !entries.isEmpty {
      lines += ["| | |", "|---|---|"]
      lines += entries.map { "| `\($0.0)` | \($0.1) |" } + [""]
    }
    let noun = command.examples.count == 1 ? "Example" : "Examples"
    return lines + ["\(noun): " + command.examples.map { "`\($0)`" }.joined(separator: ", "), ""]
  }
}
