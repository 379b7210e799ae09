/// A command as data: help, completion, parsing and the manual all come from it.
package struct Command: Sendable {
  package var name: String
  package var group: CommandGroup
  /// A few words for the list of `help`.
  package var summary: String
  /// The words for it and the command before it, when they share a line of that list.
  package var sharedSummary: String?
  /// One paragraph for `help COMMAND`.
  package var meaning: String
  package var arguments: [CommandArgument]
  package var flags: [CommandFlag]
  /// Lines that can be typed as they stand.
  package var examples: [String]
  /// Whether it only looks: such a command may be shortened, and writes JSON when asked.
  package var isLooking: Bool
  /// Whether `--json` makes it write a document.
  package var supportsJSON: Bool
  /// Whether a trailing `&` lets it go on in the background.
  package var allowsBackground: Bool
  /// Does what the command means.
  package var perform: @Sendable (CommandContext) throws -> ShellStatus

  package init(
    _ name: String, group: CommandGroup, summary: String, sharedSummary: String? = nil,
    meaning: String,
    arguments: [CommandArgument] = [], flags: [CommandFlag] = [], examples: [String],
    isLooking: Bool = false, supportsJSON: Bool? = nil, allowsBackground: Bool = false,
    perform: @escaping @Sendable (CommandContext) throws -> ShellStatus
  ) {
    self.name = name
    self.group = group
    self.summary = summary
    self.sharedSummary = sharedSummary
    self.meaning = meaning
    self.arguments = arguments
    self.flags = flags
    self.examples = examples
    self.isLooking = isLooking
    self.supportsJSON = supportsJSON ?? isLooking
    self.allowsBackground = allowsBackground
    self.perform = perform
  }

  /// The flags, with `--json` where the command supports it.
  package var allFlags: [CommandFlag] { flags + (supportsJSON ? [.json] : []) }

  /// Whether it takes a piece of Swift, kept as it was typed.
  package var takesExpression: Bool { arguments.contains { $0.kind == .expression } }

  /// Whether all that follows it is Swift, flags or not.
  package var takesSwift: Bool { arguments.contains { $0.kind == .swift } }

  /// Whether it takes another command, kept as it was typed.
  package var takesCommandLine: Bool { arguments.contains { $0.kind == .commandLine } }

  /// Whether it looks again and again by itself.
  package var repeats: Bool { ["watch", "top"].contains(name) }

  /// The whole form: `spawn [NAME] EXPR [--name TEXT]`.
  package var synopsis: String {
    synopsisParts.joined(separator: " ")
  }

  /// The whole form in pieces that stay together.
  package var synopsisParts: [String] { [shortSynopsis] + allFlags.map(\.spelling) }

  /// The form without its flags: `spawn [NAME] EXPR`.
  package var shortSynopsis: String {
    ([name] + arguments.map(\.spelling) + (allowsBackground ? ["[&]"] : []))
      .joined(separator: " ")
  }
}
