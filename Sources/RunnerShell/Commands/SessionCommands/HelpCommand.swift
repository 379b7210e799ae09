extension Command {
  /// `help`: the list of commands, or a page about one.
  package static let help = Command(
    "help", group: .session, summary: "lists the commands, or explains one",
    meaning: "Lists the commands, or explains one with examples that can be typed as they stand. "
      + "'help keys' tells what the keys do while a line is typed.",
    arguments: [
      CommandArgument("[COMMAND]", .command, count: 0...1, "The command to explain, or keys.")
    ],
    examples: ["help", "help cancel", "help keys"], isLooking: true
  ) { context in
    let registry = context.session.registry
    if context.words.first == EditorKeys.topic {
      try context.show(HelpDocument(keys: EditorKeys.entries), HelpRendering.keys(context.spec))
      return .ok
    }
    guard let word = context.words.first else {
      try context.show(
        HelpDocument(registry.commands), HelpRendering.list(registry, context.spec))
      return .ok
    }
    let name = word.first == ":" ? String(word.dropFirst()) : word
    let command = try registry.named(name) ?? registry.resolve(name)
    try context.show(HelpDocument([command]), HelpRendering.page(command, context.spec))
    return .ok
  }
}
