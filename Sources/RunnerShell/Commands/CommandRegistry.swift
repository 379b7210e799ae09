import RunnerCore

/// All commands of this version, in the order of the help.
package struct CommandRegistry: Sendable {
  package let commands: [Command]

  /// The commands that everyone gets.
  package static let standard = CommandRegistry([
    .new, .start, .stop, .run, .spawn, .cancel, .interrupt, .close, .runners, .use, .jobs, .fg,
    .wait, .ps, .top, .watch, .tree, .why, .task, .where, .loop, .context, .history, .type, .vars,
    .load, .save, .replay, .reset, .time, .examples, .help, .quit, .set,
  ])

  /// Commands of the specification that a later version brings.
  package static let later: Set<String> = [
    "timeline", "step", "tick", "advance", "pause", "resume",
    "seed", "lesson", "explain",
  ]

  /// What people type in other programs to leave.
  package static let leavingWords: Set<String> = ["bye", "exit", "leave", "logout"]

  package init(_ commands: [Command]) {
    self.commands = commands
  }

  package var names: [String] { commands.map(\.name) }

  /// Returns the command with exactly this name.
  package func named(_ name: String) -> Command? {
    commands.first { $0.name == name }
  }

  /// Returns the command that a word means: its name, or a unique beginning of one that looks.
  package func resolve(_ word: String) throws(CommandError) -> Command {
    if let command = named(word) { return command }
    if Self.later.contains(word) { throw .unavailable(word) }
    if Self.leavingWords.contains(word) { throw .leavingWord(word) }
    let candidates = commands.filter { $0.name.hasPrefix(word) }
    if candidates.count > 1 { throw .ambiguousPrefix(word, candidates.map(\.name)) }
    if let only = candidates.first {
      guard only.isLooking else { throw .actingPrefix(word, of: only.name) }
      return only
    }
    let later = Self.later.filter { $0.hasPrefix(word) }
    if let only = later.first, later.count == 1, word.count > 1 { throw .unavailable(only) }
    throw .unknownCommand(word, nearest: NearestName.of(word, in: names))
  }

  /// Whether a word means a command, or is a beginning of one.
  package func recognises(_ word: String) -> Bool {
    Self.later.contains(word) || commands.contains { $0.name.hasPrefix(word) }
  }
}
