/// A place from which inputs come.
package struct ReplSource: Sendable {
  package let reader: any LineReader
  /// What errors are prefixed with: `-c`, `stdin`, a file's name; `nil` for a person.
  package let name: String?
  /// The lines of a script, which is run as a whole.
  let script: [String]?

  package init(reader: any LineReader, name: String? = nil) {
    self.reader = reader
    self.name = name
    script = nil
  }

  /// Creates a source of lines that are at hand: those of `-c`, or of a file.
  package init(lines: [String], name: String) {
    self.init(reader: LineListReader(lines), name: name)
  }

  /// Creates a source of a file: a script, or lines as they are typed.
  package init(file name: String, lines: [String]) {
    reader = LineListReader(lines)
    self.name = name
    script = ScriptSplitter.isScript(lines, name: name) ? lines : nil
  }
}
