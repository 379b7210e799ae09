/// A place from which inputs come.
package struct ReplSource: Sendable {
  package let reader: any LineReader
  /// What errors are prefixed with: `-c`, `stdin`, a file's name; `nil` for a person.
  package let name: String?

  package init(reader: any LineReader, name: String? = nil) {
    self.reader = reader
    self.name = name
  }

  /// Creates a source of lines that are at hand: those of `-c`, or of a file.
  package init(lines: [String], name: String) {
    self.init(reader: LineListReader(lines), name: name)
  }
}
