/// Where an input of a batch came from.
package struct InputLocation: Hashable, Sendable, CustomStringConvertible {
  /// `-c`, `stdin` or the name of a file.
  package var source: String
  /// The line on which the input begins, counted from 1.
  package var line: Int

  package init(source: String, line: Int) {
    self.source = source
    self.line = line
  }

  package var description: String { "\(source):\(line)" }
}
