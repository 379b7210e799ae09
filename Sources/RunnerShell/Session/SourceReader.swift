/// Reads and writes source files for a session, which opens no files itself.
package protocol SourceReader: Sendable {
  /// Returns a line, counted from 1, of the file at a path; `nil` when it cannot be read.
  func line(_ number: Int, of path: String) -> String?

  /// Returns all lines of the file at a path.
  ///
  /// - Throws: `CommandError` that says why it cannot be read.
  func lines(of path: String) throws -> [String]

  /// Writes a text to the file at a path, whole or not at all; one that is there is replaced.
  ///
  /// - Throws: `CommandError` that says why it cannot be written.
  func write(_ text: String, to path: String) throws

  /// Returns what is in a folder, "" for the working one, without `.` and `..`; a path may begin with `~`.
  ///
  /// Empty when it cannot be read.
  func entries(ofFolder path: String) -> [FileEntry]
}

/// A name in a folder.
package struct FileEntry: Hashable, Sendable {
  package var name: String
  /// Whether it is a folder, or a link to one.
  package var isFolder: Bool

  package init(name: String, isFolder: Bool) {
    self.name = name
    self.isFolder = isFolder
  }

  /// Whether the name is a text without control characters.
  var canBeTyped: Bool {
    !name.unicodeScalars.contains {
      $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || $0 == "\u{FFFD}"
    }
  }
}

extension SourceReader {
  package func lines(of path: String) throws -> [String] { throw CommandError.noFile(path) }

  package func write(_ text: String, to path: String) throws { throw CommandError.noFile(path) }

  package func entries(ofFolder path: String) -> [FileEntry] { [] }
}

/// Knows no source.
package struct NoSource: SourceReader {
  package init() {}

  package func line(_ number: Int, of path: String) -> String? { nil }
}
