extension Command {
  /// `time`: how long cells take.
  package static let time = Command(
    "time", group: .cells, summary: "tells after each cell how long it took",
    sharedSummary: "repeat lost cells; forget all; time them",
    meaning:
      "Tells after each cell how long it was compiled and how long it ran, or no longer does. "
      + "Without a word it changes from the one to the other.",
    arguments: [CommandArgument("[on|off]", .onOff, count: 0...1, "Whether to tell it.")],
    examples: ["time on"]
  ) { context in
    switch context.words.first {
    case nil: context.session.showsTimes.toggle()
    case "on": context.session.showsTimes = true
    case "off": context.session.showsTimes = false
    case let word?: throw CommandError.badSwitch(word, of: "time")
    }
    context.note(["times are \(context.session.showsTimes ? "on" : "off")"])
    return .ok
  }
}
