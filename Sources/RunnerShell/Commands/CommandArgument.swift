/// A word that a command takes by its place.
package struct CommandArgument: Hashable, Sendable {
  /// What such a word names; completion and error messages follow from it.
  package enum Kind: Hashable, Sendable {
    case runner, newName, expression, task, job, command, coroutine
    /// A time between two looks, and a command with all that follows it.
    case interval, commandLine
    /// Swift, whatever it is; the path of a file; `on` or `off`.
    case swift, file, onOff
    /// The name of something that `set` changes.
    case preference

    /// The thing in a sentence: "'use' needs the name of a runner".
    package var noun: String {
      switch self {
      case .runner: "the name of a runner"
      case .newName: "a name"
      case .expression, .swift: "an expression"
      case .task: "a task"
      case .job: "the number of a job"
      case .command: "a command"
      case .coroutine: "a coroutine"
      case .interval: "a number of seconds and a command"
      case .commandLine: "a command to repeat"
      case .file: "the path of a file"
      case .onOff: "on or off"
      case .preference: "the name of a setting"
      }
    }
  }

  /// How the synopsis writes it: `NAME`, `[NAME]`, `TASK...`.
  package var spelling: String
  package var kind: Kind
  /// How many such words there may be.
  package var count: ClosedRange<Int>
  /// One sentence for `help COMMAND`.
  package var meaning: String

  package init(
    _ spelling: String, _ kind: Kind, count: ClosedRange<Int> = 1...1, _ meaning: String
  ) {
    self.spelling = spelling
    self.kind = kind
    self.count = count
    self.meaning = meaning
  }
}
