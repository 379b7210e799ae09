/// Reads lines of source files for a session, which opens no files itself.
package protocol SourceReader: Sendable {
  /// Returns a line, counted from 1, of the file at a path; `nil` when it cannot be read.
  func line(_ number: Int, of path: String) -> String?
}

/// Knows no source.
package struct NoSource: SourceReader {
  package init() {}

  package func line(_ number: Int, of path: String) -> String? { nil }
}
