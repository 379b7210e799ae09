/// A word with `--` before it that changes what a command does.
package struct CommandFlag: Hashable, Sendable {
  /// What follows the flag's name.
  package enum Value: Hashable, Sendable {
    case none, text, pattern, duration, count, runner, state([String]), order([String])
  }

  package var name: String
  package var value: Value
  /// One sentence for `help COMMAND`.
  package var meaning: String
  /// A letter that means the same after one `-`.
  package var letter: Character?
  /// The value when none is given; without it there has to be one.
  package var absentValue: String?

  package init(
    _ name: String, _ value: Value, _ meaning: String, letter: Character? = nil,
    absentValue: String? = nil
  ) {
    self.name = name
    self.value = value
    self.meaning = meaning
    self.letter = letter
    self.absentValue = absentValue
  }

  /// How the synopsis writes it: `[--limit N]`.
  package var spelling: String {
    "[\(heading)]"
  }

  /// How a list of flags writes it: `--limit N`.
  package var heading: String {
    guard value != .none else { return "--\(name)" }
    return absentValue == nil
      ? "--\(name) \(value.placeholder)" : "--\(name) [\(value.placeholder)]"
  }

  package static let json = CommandFlag("json", .none, "Writes one JSON document.")
}

extension CommandFlag.Value {
  /// What stands for the value in a synopsis.
  package var placeholder: String {
    switch self {
    case .none: ""
    case .text: "TEXT"
    case .pattern: "GLOB"
    case .duration: "TIME"
    case .count: "N"
    case .runner: "NAME"
    case .state: "STATE"
    case .order: "COLUMN"
    }
  }

  /// A value that would be right.
  package var sample: String {
    switch self {
    case .none: ""
    case .text: "work"
    case .pattern: "'fetch*'"
    case .duration: "2s"
    case .count: "20"
    case .runner: "main"
    case .state(let values), .order(let values): values.first ?? ""
    }
  }

  /// What a wrong value fails to be.
  package var noun: String {
    switch self {
    case .none, .text, .pattern: "a text"
    case .duration: "a duration"
    case .count: "a count"
    case .runner: "a name"
    case .state: "a state"
    case .order: "a column"
    }
  }

  /// What to write instead of a wrong value.
  package var remedy: String {
    switch self {
    case .none, .text, .pattern, .runner: "write a word."
    case .duration: "write 2s, 250ms, 1.5m or a number of seconds."
    case .count: "write a whole number; 0 means all."
    case .state(let values), .order(let values): "write one of \(values.joined(separator: ", "))."
    }
  }
}
