package import RunnerCore

// Every sentence that the shell says about bad input stands here, so that it is said in one way.
extension CommandError {
  package static func unknownCommand(_ name: String, nearest: String?) -> CommandError {
    let hint = nearest.map { "Did you mean '\($0)'? " } ?? ""
    return CommandError(
      .usage, "There is no command '\(quoted(name))'. \(hint)Type 'help' for the list.")
  }

  package static func coroutineIsNoCommand(_ name: String, _ rest: Substring) -> CommandError {
    let words = rest.split(whereSeparator: \.isWhitespace)
    let areValues = words.allSatisfy { $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." } }
    let arguments = areValues ? quoted(words.joined(separator: ", ")) : "…"
    return CommandError(
      .usage, "'\(name)' is a coroutine and no command; write 'run \(name)(\(arguments))'.")
  }

  package static let loneColon = CommandError(
    .usage, "The name of a command follows ':', as in ':ps'. Type 'help' for the list.")

  package static func ambiguousPrefix(_ prefix: String, _ names: [String]) -> CommandError {
    CommandError(
      .usage, "'\(quoted(prefix))' is short for more than one command: \(list(names)).")
  }

  package static func actingPrefix(_ prefix: String, of name: String) -> CommandError {
    CommandError(
      .usage,
      "There is no command '\(quoted(prefix))'. '\(name)' acts, so it is typed in full.")
  }

  package static func unavailable(_ name: String) -> CommandError {
    CommandError(.usage, "'\(name)' is not available in this version. Type 'help' for the list.")
  }

  package static let nothingToReplay = CommandError(
    .failed, "There is nothing to run again: no cell was lost with a worker.")

  package static let replayNeedsAnswer = CommandError(
    .usage,
    "Nobody can be asked here whether to run the cells again; 'replay --yes' runs them without asking."
  )

  package static let nothingToSave = CommandError(
    .failed, "There is nothing to save: no cell has worked yet.")

  package static let noParser = CommandError(
    .failed, "There is no parser of Swift here; leave out --plain to save the cells as a script.")

  package static func noFile(_ path: String) -> CommandError {
    CommandError(
      .failed, "The file '\(quoted(path))' cannot be read; give the path of a text file.")
  }

  package static func cannotWrite(_ path: String, _ reason: String) -> CommandError {
    CommandError(
      .failed,
      "The file '\(quoted(path))' cannot be written: \(reason). Give the path of a file in a folder "
        + "that you may write to.")
  }

  package static func noFolder(_ path: String) -> CommandError {
    CommandError(
      .failed,
      "The folder '\(quoted(path))' does not exist; give the path of a file in a folder that you may "
        + "write to.")
  }

  package static func cannotBeTimed(_ text: String) -> CommandError {
    CommandError(
      .usage, "'time' takes Swift, or a run that is waited for; '\(quoted(text))' is neither.")
  }

  package static func badSwitch(_ text: String, of what: String) -> CommandError {
    CommandError(
      .usage, "'\(quoted(text))' is neither on nor off; write '\(what) on' or '\(what) off'.")
  }

  package static func unknownPreference(_ name: String) -> CommandError {
    let nearest = NearestName.of(name, in: Preferences.names)
    let hint = nearest.map { "Did you mean '\($0)'?" } ?? "Type 'set' for the list."
    return CommandError(.usage, "There is nothing called '\(quoted(name))' to set. \(hint)")
  }

  package static let noInputHistory = CommandError(
    .failed, "Nobody types here, so there is no history of inputs; leave out --grep.")

  package static let inputsHaveNoJSON = CommandError(
    .usage, "Inputs are not written as JSON; leave out --json, or --grep for the ended tasks.")

  package static func nestedLoad(_ path: String) -> CommandError {
    CommandError(
      .failed,
      "The file '\(quoted(path))' loads itself, directly or through another; nothing of it was run."
    )
  }

  package static func unknownFlag(_ flag: String, of command: Command) -> CommandError {
    let nearest = NearestName.of(flag, in: command.allFlags.map { "--\($0.name)" })
    let hint = nearest.map { " Did you mean '\($0)'?" } ?? " Type 'help \(command.name)'."
    return CommandError(.usage, "'\(command.name)' has no flag '\(quoted(flag))'.\(hint)")
  }

  package static func repeatedFlag(_ flag: String) -> CommandError {
    CommandError(.usage, "'--\(flag)' is given twice; give it once.")
  }

  package static func missingValue(_ flag: CommandFlag) -> CommandError {
    CommandError(
      .usage, "'--\(flag.name)' needs a value, as in --\(flag.name) \(flag.value.sample).")
  }

  package static func unwantedValue(_ flag: CommandFlag) -> CommandError {
    CommandError(.usage, "'--\(flag.name)' takes no value.")
  }

  package static func badValue(_ text: String, _ flag: CommandFlag) -> CommandError {
    CommandError(
      .usage,
      "'\(quoted(text))' is not \(flag.value.noun) for '--\(flag.name)'; \(flag.value.remedy)"
    )
  }

  package static func missingArgument(_ command: Command) -> CommandError {
    let noun =
      (command.arguments.first { $0.count.lowerBound > 0 } ?? command.arguments.first)?.kind.noun
      ?? "an argument"
    return CommandError(
      .usage, "'\(command.name)' needs \(noun), as in '\(command.examples.first ?? command.name)'.")
  }

  package static func tooManyArguments(_ command: Command, _ extra: String) -> CommandError {
    CommandError(
      .usage, "'\(command.name)' does not take '\(quoted(extra))'. Type 'help \(command.name)'.")
  }

  package static func notInBackground(_ command: Command) -> CommandError {
    CommandError(.usage, "'&' works with 'run' only; '\(command.name)' does not take it.")
  }

  package static func unmatchedCloser(_ closer: Character) -> CommandError {
    CommandError(.usage, "There is a '\(closer)' here that nothing opens.")
  }

  package static let unfinished = CommandError(
    .usage, "The input ends inside an open bracket or quote; nothing was executed.")

  package static func tooLong(_ bytes: Int, limit: Int) -> CommandError {
    CommandError(
      .usage, "This input has \(bytes) bytes, at most \(limit) are read; nothing was executed.")
  }

  package static func invalidByte(_ name: String, at position: Int) -> CommandError {
    CommandError(
      .usage, "The input has \(name) at character \(position); nothing was executed.")
  }

  package static func noTask(_ reference: String) -> CommandError {
    if let number = UInt64(reference) {
      return CommandError(.failed, "There is no task \(number).")
    }
    return CommandError(
      .failed,
      "There is no live task '\(quoted(reference))'. Type 'ps' for those that there are.")
  }

  package static func ambiguousTask(_ name: String, _ ids: [TaskID]) -> CommandError {
    CommandError(
      .failed,
      "The name '\(quoted(name))' is not unique: \(tasks(ids)) have it; use a number.")
  }

  package static func noMatch(_ pattern: String) -> CommandError {
    CommandError(.failed, "No live task has a name that matches '\(quoted(pattern))'.")
  }

  package static func noJob(_ text: String, running: [JobID]) -> CommandError {
    let rest =
      running.isEmpty
      ? ", and nothing runs in the background."
      : "; 'jobs' lists those that run: \(list(running.map(\.description)))."
    return CommandError(.failed, "There is no job '\(quoted(text))'\(rest)")
  }

  package static let noBackgroundRun = CommandError(
    .failed, "Nothing runs in the background; 'run EXPR &' starts something there.")

  package static func leavingWord(_ word: String) -> CommandError {
    CommandError(.usage, "There is no command '\(quoted(word))'; 'quit' or Ctrl-D leaves.")
  }

  package static func noRunner(_ name: String) -> CommandError {
    CommandError(
      .failed,
      "There is no runner '\(quoted(name))'. Type 'runners' for the list, 'new NAME' to make one.")
  }

  package static func closedRunner(_ name: String) -> CommandError {
    CommandError(
      .failed, "The runner '\(quoted(name))' is closed. Type 'new NAME' to make another one.")
  }

  package static func stuckClose(_ name: String) -> CommandError {
    CommandError(
      .failed,
      "\(quoted(name)) is not closed yet: its loop is inside a step that does not end. It is closed when"
        + " that returns; 'loop \(quoted(name))' says where it is.")
  }

  package static func badRunnerName(_ name: String) -> CommandError {
    CommandError(
      .usage,
      "'\(quoted(name))' cannot name a runner; use up to 40 letters, digits, '-', '_' and '.', "
        + "with a letter first.")
  }

  package static func numericName(_ name: String) -> CommandError {
    CommandError(
      .usage, "'\(quoted(name))' cannot name a task, because numbers do; use a word.")
  }

  package static func standingStill(_ task: TaskSnapshot) -> CommandError {
    let (task, runner) = ("task \(task.id) \(quoted(task.name))", quoted(task.runner))
    return CommandError(
      .failed, "\(runner) stands still, so \(task) cannot end: 'start \(runner)' turns its loop.")
  }

  package static func noCoroutine(_ name: String, nearest: String?) -> CommandError {
    let hint = nearest.map { "Did you mean '\($0)'? " } ?? ""
    return CommandError(
      .failed,
      "There is no built-in coroutine '\(quoted(name))'. \(hint)Type 'examples' for the list.")
  }

  package static func badInterval(_ text: String) -> CommandError {
    CommandError(
      .usage,
      "'\(quoted(text))' is not a time between two looks; write 2s, 250ms or a number of seconds, "
        + "as in 'watch 1 ps'.")
  }

  package static func tooOften(_ command: String) -> CommandError {
    CommandError(.usage, "'\(command)' looks every 0.05 s at most; give a longer time.")
  }

  package static func cannotBeWatched(_ text: String, isLooking: Bool) -> CommandError {
    isLooking
      ? CommandError(
        .usage, "'\(quoted(text))' repeats by itself; 'watch' takes a command that looks once.")
      : CommandError(
        .usage,
        "'watch' repeats only commands that look, as ps, tree or loop; '\(quoted(text))' is none.")
  }

  package static let noScreen = CommandError(
    .failed,
    "'top' needs a terminal that understands escape sequences; use 'watch 1 ps', 'ps', or "
      + "'top --count 1' here.")

  /// Returns text from outside, visible and bounded, for a place inside a sentence.
  package static func quoted(_ text: String) -> String { VisibleText.excerpt(text) }

  /// Returns `task 3`, `tasks 3 and 4`, `tasks 3, 4 and 9`; long lists end with a count.
  package static func tasks(_ ids: [TaskID]) -> String {
    (ids.count == 1 ? "task " : "tasks ") + list(ids.map(\.description))
  }

  static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "none" }
    guard words.count <= 9 else {
      return words.prefix(8).joined(separator: ", ") + " and \(words.count - 8) more"
    }
    return words.dropLast().joined(separator: ", ") + " and \(last)"
  }
}
