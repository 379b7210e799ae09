private import RunnerCore

/// Completes commands, flags, files, runners, tasks, coroutines and Swift, and knows when an input is whole and what is what
/// in it.
package final class ShellAssistant: LineAssistant {
  private let session: Session
  private let ask: BoundedCall
  private let askForSwift: BoundedCall
  private let prepare = BoundedCall(limit: .zero)
  private let shortLimit: Duration
  /// How many tasks are offered at most.
  private static let mostTasks = 200

  /// Creates an assistant.
  ///
  /// - Parameters:
  ///   - session: Whose names, runners and commands are offered.
  ///   - limit: How long a question to the controller may take.
  ///   - shortLimit: How long it may take where there is something to offer without its answer: less than the
  ///     editor waits.
  package init(
    _ session: Session, limit: Duration = .seconds(5), shortLimit: Duration = .milliseconds(60)
  ) {
    self.session = session
    ask = BoundedCall(limit: limit)
    askForSwift = BoundedCall(limit: limit)
    self.shortLimit = shortLimit
  }

  package func isComplete(_ text: String) -> Bool {
    // What cannot be right is complete: executing it says what is wrong.
    let classifier = session.classifier
    guard let last = InputSplitter(classifier).parts(of: text).last else { return true }
    if case .needsMore? = try? classifier.classify(last.text) { return false }
    return true
  }

  package func indentation(after text: String) -> Int {
    session.grammar.indentation(after: text)
  }

  package func highlights(of text: String) -> [LineHighlight] {
    guard session.preferences.highlighting else { return [] }
    return InputHighlighter.highlights(of: text, session.classifier)
  }

  /// Lets the worker get ready to complete Swift, while the rest of the word is being typed.
  package func typingBegan() {
    let controller = session.controller
    _ = prepare { try controller.completions(after: "", prefix: "") }
  }

  package var suggestsHistory: Bool { session.preferences.suggestions }

  package func completions(of text: String, at cursor: Int) -> LineCompletions {
    let typed = CompletionPoint(text, cursor: cursor)
    let swift = SwiftPoint(text, cursor: cursor)
    let command = session.classifier.command(beginning: swift.before + swift.prefix)
    if let command, let files = files(PathPoint(text, cursor: cursor), command) { return files }
    guard takesSwift(typed, command) else {
      return fitting(candidates(typed), typed.word, typed.start)
    }
    let isInShell = typed.before.isEmpty || command != nil
    if isInShell, !swift.isMember, swift.start == typed.start {
      let both = joined(candidates(typed), swift, after: command)
      return fitting(both, typed.word, typed.start)
    }
    let known = swift.isMember || !swift.isSearchable ? [] : declaredNames() + coroutines()
    return fitting(joined(known, swift, after: command), swift.prefix, swift.start)
  }

  /// The files that a command's argument can go on with; nil where it takes none.
  private func files(_ point: PathPoint, _ command: Command) -> LineCompletions? {
    guard command.arguments.contains(where: { $0.kind == .file }), point.wordsBefore > 0,
      !point.isFlag
    else { return nil }
    guard point.wordsBefore == 1 else { return LineCompletions(start: point.start, candidates: []) }
    let (sources, folder) = (session.sources, point.folder)
    let candidates = ask { point.candidates(sources.entries(ofFolder: folder)) } ?? []
    return LineCompletions(start: point.start, candidates: candidates)
  }

  /// Whether the word can be Swift, whatever else it can be.
  private func takesSwift(_ typed: CompletionPoint, _ command: Command?) -> Bool {
    if typed.before.isEmpty { return !typed.word.hasPrefix(":") }
    guard let command else { return true }
    return !typed.word.hasPrefix("-")
      && command.arguments.contains { $0.kind == .expression || $0.kind == .swift }
  }

  /// What Swift knows, in its own words; a command's own word is none of its business.
  private func swiftCandidates(
    _ point: SwiftPoint, after command: Command?, within limit: Duration?
  ) -> [LineCompletions.Candidate] {
    guard point.isSearchable else { return [] }
    let (controller, prefix) = (session.controller, point.prefix)
    let text =
      command == nil
      ? point.before
      : String(
        point.before.drop(while: \.isWhitespace).drop { !$0.isWhitespace }
          .drop(while: \.isWhitespace))
    let answer = askForSwift(within: limit) {
      try controller.completions(after: text, prefix: prefix)
    }
    return (answer ?? []).map {
      LineCompletions.Candidate($0.text, note: VisibleText.excerpt($0.note, limit: 100))
    }
  }

  /// Adds what Swift knows to what the shell knows: where both know a name, the one who says more about it
  /// is believed.
  ///
  /// What the shell knows does not wait long for Swift.
  private func joined(
    _ shell: [LineCompletions.Candidate], _ point: SwiftPoint, after command: Command?
  ) -> [LineCompletions.Candidate] {
    let isKnown = shell.contains { $0.text.hasPrefix(point.prefix) }
    let swift = swiftCandidates(point, after: command, within: isKnown ? shortLimit : nil)
    let said = Set(shell.filter { !$0.note.isEmpty }.map(\.text))
    let names = Set(swift.map { $0.text.prefix { $0 != "(" } })
    return shell.filter { !$0.note.isEmpty || !names.contains($0.text[...]) }
      + swift.filter { !said.contains($0.text) }
  }

  private func fitting(
    _ candidates: [LineCompletions.Candidate], _ word: String, _ start: Int
  ) -> LineCompletions {
    LineCompletions(
      start: start,
      candidates: candidates.filter { $0.text.hasPrefix(word) }
        .sorted { ($0.text.count, $0.text) < ($1.text.count, $1.text) })
  }

  private func candidates(_ typed: CompletionPoint) -> [LineCompletions.Candidate] {
    guard let first = typed.before.first else {
      return commands(typed) + declaredNames() + coroutines()
    }
    guard let command = try? session.registry.resolve(first.trimmingColon) else { return [] }
    if let inner = innerCommand(of: command, typed) {
      return inner.before.isEmpty ? lookingCommands() : candidates(inner)
    }
    if let last = typed.before.dropFirst().last, last.hasPrefix("--"),
      let flag = command.allFlags.first(where: { "--\($0.name)" == last }), flag.value != .none
    {
      return values(of: flag)
    }
    if typed.word.hasPrefix("-") {
      return command.allFlags.map { LineCompletions.Candidate("--\($0.name)", note: $0.meaning) }
    }
    return command.arguments.flatMap { arguments($0.kind) }
  }

  /// The point in the command that another one takes: behind its flags and its first word.
  private func innerCommand(of command: Command, _ typed: CompletionPoint) -> CompletionPoint? {
    guard command.takesCommandLine else { return nil }
    var index = 1
    while index < typed.before.count, typed.before[index].hasPrefix("--") {
      let takesNext = command.allFlags.contains {
        "--\($0.name)" == typed.before[index] && $0.value != .none
      }
      index += takesNext ? 2 : 1
    }
    return index < typed.before.count ? typed.dropping(index + 1) : nil
  }

  private func lookingCommands() -> [LineCompletions.Candidate] {
    session.registry.commands.filter { $0.isLooking && !$0.repeats }.map {
      LineCompletions.Candidate($0.name, note: $0.summary)
    }
  }

  private func commands(_ typed: CompletionPoint) -> [LineCompletions.Candidate] {
    let colon = typed.word.hasPrefix(":") ? ":" : ""
    return session.registry.commands.map {
      LineCompletions.Candidate(colon + $0.name, note: $0.summary)
    }
  }

  private func coroutines(opensCall: Bool = true) -> [LineCompletions.Candidate] {
    session.catalog.coroutines.map {
      LineCompletions.Candidate($0.name + (opensCall ? "(" : ""), note: $0.summary)
    }
  }

  /// What the cells have declared.
  private func declaredNames() -> [LineCompletions.Candidate] {
    session.withBook(\.declaredNames).sorted().map { LineCompletions.Candidate($0) }
  }

  private func values(of flag: CommandFlag) -> [LineCompletions.Candidate] {
    switch flag.value {
    case .state(let values), .order(let values): values.map { LineCompletions.Candidate($0) }
    case .runner: arguments(.runner)
    case .pattern: tasks().filter { $0.text.first?.isNumber != true }
    case .none, .text, .duration, .count: []
    }
  }

  private func arguments(_ kind: CommandArgument.Kind) -> [LineCompletions.Candidate] {
    switch kind {
    case .newName, .interval, .commandLine, .file: []
    case .onOff: [LineCompletions.Candidate("on"), LineCompletions.Candidate("off")]
    case .preference: Preferences.names.map { LineCompletions.Candidate($0) }
    case .expression, .swift: declaredNames() + coroutines()
    case .coroutine: coroutines(opensCall: false)
    case .command:
      session.registry.commands.map { LineCompletions.Candidate($0.name, note: $0.summary) }
        + [LineCompletions.Candidate(EditorKeys.topic, note: "what the keys do")]
    case .runner: runners()
    case .task: tasks()
    case .job: jobs()
    }
  }

  private func runners() -> [LineCompletions.Candidate] {
    let controller = session.controller
    return (ask { try controller.runners() } ?? []).map {
      LineCompletions.Candidate($0.name, note: $0.phase.rawValue)
    }
  }

  private func jobs() -> [LineCompletions.Candidate] {
    let controller = session.controller
    return (ask { try controller.jobs() } ?? []).filter { $0.state == .running }.map {
      LineCompletions.Candidate("\($0.id)", note: VisibleText.excerpt($0.expression))
    }
  }

  /// The live tasks: each by its name where that can be typed as one word, and by its number.
  private func tasks() -> [LineCompletions.Candidate] {
    let controller = session.controller
    let query = TaskQuery(limit: Self.mostTasks)
    let tasks = ask { try controller.tasks(query).tasks } ?? []
    let counts = Dictionary(tasks.map { ($0.name, 1) }, uniquingKeysWith: +)
    return tasks.flatMap { task in
      let byNumber = LineCompletions.Candidate(
        "\(task.id)", note: "\(VisibleText.excerpt(task.name)) \(task.state.rawValue)")
      let isWord = task.name.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
      guard counts[task.name] == 1, isWord, !task.name.isEmpty else { return [byNumber] }
      return [byNumber, LineCompletions.Candidate(task.name, note: task.state.rawValue)]
    }
  }
}

extension String {
  /// The text without a `:` before it.
  fileprivate var trimmingColon: String { first == ":" ? String(dropFirst()) : self }
}
