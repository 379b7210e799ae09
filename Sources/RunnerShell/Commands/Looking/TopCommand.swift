private import RunnerCore

extension Command {
  /// `top`: a live view of the tasks.
  package static let top = Command(
    "top", group: .look, summary: "shows tasks and loops, live",
    meaning: "Shows the tasks of all runners or of one on the whole screen, and how busy each loop "
      + "is, again each second. ? lists its keys, q leaves. Without a terminal, or with --json, it "
      + "writes one picture after another: one, unless --count says more; 0 goes on until Ctrl-C.",
    flags: [
      CommandFlag("runner", .runner, "Only tasks of this runner."),
      CommandFlag("match", .pattern, "Only tasks with such names."),
      CommandFlag("sort", .order(TaskQuery.Order.allCases.map(\.rawValue)), "The order."),
      CommandFlag("every", .duration, "The time between two looks; a second unless told."),
      CommandFlag("count", .count, "After how many looks it ends."),
      CommandFlag("limit", .count, "How many tasks a written picture shows; 0 shows all."),
    ],
    examples: ["top --count 1", "top --every 0.2 --count 2 --sort waiting"], isLooking: true
  ) { context in
    let interval = context.invocation.duration("every") ?? .seconds(1)
    try Repetition.check(interval, of: "top")
    let isFullScreen = !context.session.settings.isBatch && !context.writesJSON
    if isFullScreen, let screen = context.session.screen {
      try show(on: screen, every: interval, context)
      return .ok
    }
    if isFullScreen, context.invocation.count("count") == nil { throw CommandError.noScreen }
    return try write(every: interval, context)
  }

  private static func query(_ context: CommandContext) -> TaskQuery {
    let invocation = context.invocation
    return TaskQuery(
      runner: invocation.text("runner"), namePattern: invocation.text("match"),
      order: invocation.text("sort").flatMap(TaskQuery.Order.init) ?? .id,
      limit: context.limit(50))
  }

  private static func show(
    on screen: any FullScreen, every interval: Duration, _ context: CommandContext
  ) throws {
    let query = query(context)
    let limit = context.invocation.count("count").flatMap { $0 == 0 ? nil : $0 }
    let (controller, clock) = (context.controller, context.session.clock)
    _ = try screen.show(
      TopView(
        runner: query.runner, pattern: query.namePattern, order: query.order, interval: interval,
        limit: limit, context.spec)
    ) { try $0.answer(controller, clock) }
  }

  private static func write(every interval: Duration, _ context: CommandContext) throws
    -> ShellStatus
  {
    var repetition = Repetition(count: context.invocation.count("count") ?? 1)
    let question = TopQuestion(query: query(context))
    var earlier: TopPicture?
    return try repetition.run(every: interval, context) {
      let picture = try question.answer(context.controller, context.session.clock)
      try context.show(
        TopDocument(picture, since: earlier),
        TopTable.lines(
          picture, since: earlier, isFiltered: context.isFiltered, context.spec))
      earlier = picture
      return .ok
    }
  }
}
