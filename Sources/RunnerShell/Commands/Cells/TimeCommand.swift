extension Command {
  /// `time`: how long cells take.
  package static let time = Command(
    "time", group: .cells, summary: "tells how long cells take",
    sharedSummary: "repeat lost cells; forget all; time them",
    meaning:
      "Runs Swift as if it had been typed alone, and tells how long it was compiled, how long it ran, and "
      + "how much of that its loop's thread was at work. With on it tells that after each cell and each "
      + "run, with off no longer; without a word it changes from the one to the other.",
    arguments: [
      CommandArgument("[on|off]", .onOff, count: 0...1, "Whether to tell it each time."),
      CommandArgument("[CELL]", .swift, count: 0...1, "Swift, or a run, to tell it of once."),
    ],
    examples: ["time (1...1000).reduce(0, +)", "time on"]
  ) { context in
    switch context.invocation.expression {
    case "": context.session.showsTimes.toggle()
    case "on": context.session.showsTimes = true
    case "off": context.session.showsTimes = false
    case let text: return try context.session.time(text)
    }
    context.note(["times are \(context.session.showsTimes ? "on" : "off")"])
    return .ok
  }
}
