import RunnerCore

extension Command {
  /// `examples`: the built-in coroutines.
  package static let examples = Command(
    "examples", group: .learning, summary: "lists coroutines, or shows a source",
    meaning: "Lists the built-in coroutines that run and spawn take, or prints the source of one.",
    arguments: [
      CommandArgument("[NAME]", .coroutine, count: 0...1, "The coroutine whose source to print.")
    ],
    examples: ["examples", "examples countdown"], isLooking: true
  ) { context in
    let all = context.session.catalog.coroutines
    guard let name = context.words.first else {
      try context.show(
        ExamplesDocument(all, withSource: false), ExampleRendering.list(all, context.spec))
      return .ok
    }
    let wanted = name.prefix { $0 != "(" }
    guard let entry = all.first(where: { $0.name == wanted }) else {
      throw CommandError.noCoroutine(name, nearest: NearestName.of(name, in: all.map(\.name)))
    }
    try context.show(
      ExamplesDocument([entry], withSource: true), ExampleRendering.source(entry, context.spec))
    return .ok
  }
}
