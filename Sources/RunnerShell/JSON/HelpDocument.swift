/// The document of `help --json`: the commands as data.
package struct HelpDocument: JSONDocument {
  package struct Entry: Encodable, Sendable {
    package var name: String
    package var group: String
    package var synopsis: String
    package var summary: String
    package var examples: [String]
  }

  package struct Key: Encodable, Sendable {
    package var keys: String
    package var meaning: String
  }

  package let schema = "runner-repl/help/1"
  package var commands: [Entry]
  /// What `help keys` tells, and nothing else.
  package var keys: [Key]?

  package init(_ commands: [Command]) {
    self.commands = commands.map {
      Entry(
        name: $0.name, group: $0.group.rawValue, synopsis: $0.synopsis, summary: $0.summary,
        examples: $0.examples)
    }
  }

  package init(keys: [(keys: String, meaning: String)]) {
    commands = []
    self.keys = keys.map { Key(keys: $0.keys, meaning: $0.meaning) }
  }
}
