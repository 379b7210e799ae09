private import RunnerCore

extension Command {
  /// `watch`: repeats a command that looks.
  package static let watch = Command(
    "watch", group: .look, summary: "repeats a looking command",
    sharedSummary: "show it live; repeat a looking command",
    meaning: "Repeats a command that only looks, until Ctrl-C or q. At a terminal each look is "
      + "painted over the one before, and the last one stays when it ends; elsewhere, and with "
      + "JSON, they follow each other. In a batch the first error ends it. Flags of its own stand "
      + "before SECONDS.",
    arguments: [
      CommandArgument("SECONDS", .interval, "The time between two looks."),
      CommandArgument("COMMAND", .commandLine, "What to look with, with its own flags."),
    ],
    flags: [CommandFlag("count", .count, "After how many looks it ends.")],
    examples: ["watch --count 2 0.1 ps", "watch --count 1 1 tree --runner main"],
    isLooking: true, supportsJSON: false
  ) { context in
    let line = context.invocation.expression
    guard let interval = DurationText.parse(context.words[0]) else {
      throw CommandError.badInterval(context.words[0])
    }
    try Repetition.check(interval, of: "watch")
    let repeated = try invocation(of: line, context)
    let writesJSON = context.session.settings.writesJSON || repeated.has(CommandFlag.json.name)
    let count = context.invocation.count("count") ?? 0
    if !context.session.settings.isBatch, !writesJSON, let screen = context.session.screen {
      let view = WatchView(
        line, interval: interval, limit: count == 0 ? nil : count, context.spec)
      let clock = context.session.clock
      let last = try screen.show(view) { width in
        try look(repeated, width: width, context, showsErrors: true, clock).answer
      }
      context.show(last.answer?.lines ?? [])
      return .ok
    }
    var repetition = Repetition(count: count)
    return try repetition.run(every: interval, context) {
      let (answer, status) = try look(
        repeated, width: context.spec.width, context, showsErrors: false, context.session.clock)
      if !writesJSON {
        context.show([
          StyledLine("\(answer.timeOfDay) \(VisibleText.excerpt(line, context.spec))", .dim)
        ])
      }
      context.show(answer.lines)
      return status
    }
  }

  /// Reads the command that is to be repeated.
  private static func invocation(
    of line: String, _ context: CommandContext
  ) throws(CommandError) -> Invocation {
    let classifier = context.session.classifier
    let input: Input
    do {
      input = try classifier.classify(line)
    } catch {
      // What else is wrong with a command that cannot be repeated does not matter.
      guard let command = classifier.command(beginning: line),
        !command.isLooking || command.repeats
      else { throw error }
      throw .cannotBeWatched(command.name, isLooking: command.isLooking)
    }
    switch input {
    case .command(let invocation):
      let command = invocation.command
      guard command.isLooking, !command.repeats else {
        throw .cannotBeWatched(command.name, isLooking: command.isLooking)
      }
      return invocation
    case .empty, .needsMore, .swift: throw .cannotBeWatched(line, isLooking: false)
    }
  }

  /// Performs the command once and keeps what it writes.
  private static func look(
    _ invocation: Invocation, width: Int?, _ context: CommandContext, showsErrors: Bool,
    _ clock: any SessionClock
  ) throws -> (answer: WatchView.Answer, status: ShellStatus) {
    let written = CapturedLines()
    var status = ShellStatus.ok
    do {
      status = try invocation.command.perform(
        CommandContext(context, invocation, width: width, capture: written))
    } catch let error as CommandError where showsErrors {
      written.add([StyledLine(error.message, .bad)])
    } catch let error as RunnerError where showsErrors && error.code != .connectionLost {
      written.add([StyledLine(VisibleText.line(error.message, context.spec), .bad)])
    }
    return (WatchView.Answer(lines: written.lines, timeOfDay: clock.timeOfDay), status)
  }
}
