extension Command {
  /// `set`: what the prompt does for the person who types.
  package static let set = Command(
    "set", group: .session, summary: "lists or changes what the prompt does",
    sharedSummary: "explain commands; leave; set the prompt",
    meaning: "Lists what the prompt does while you type, or changes one of these things. "
      + "'highlighting' colours commands and Swift; 'suggestions' shows behind the cursor how an "
      + "earlier input went on: Right takes it, Alt-F a word of it; 'counts' has the prompt count the "
      + "runner's live tasks and the errors that nobody has read, as in [2>1!]. Lines of the init "
      + "file say it for every session.",
    arguments: [
      CommandArgument("[NAME]", .preference, count: 0...1, "One of those that 'set' lists."),
      CommandArgument("[on|off]", .onOff, count: 0...1, "Whether it is wanted."),
    ],
    examples: ["set", "set suggestions off"]
  ) { context in
    let session = context.session
    let describe = { (name: String) in
      StyledLine("\(name) \(session.preferences[name] == true ? "on" : "off")")
    }
    guard let name = context.words.first else {
      context.note(Preferences.names.map(describe))
      return .ok
    }
    guard session.preferences[name] != nil else { throw CommandError.unknownPreference(name) }
    switch context.words.dropFirst().first {
    case nil: context.note([describe(name)])
    case "on": session.preferences[name] = true
    case "off": session.preferences[name] = false
    case let word?: throw CommandError.badSwitch(word, of: "set \(name)")
    }
    return .ok
  }
}
