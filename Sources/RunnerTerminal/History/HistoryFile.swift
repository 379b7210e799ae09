internal import Glibc

/// The file that keeps entries between sessions: one a line, with `\n` for a line feed and `\\` for a backslash.
///
/// Works on bytes, so a line that is no text spoils nothing else. Several sessions may use it at once: they
/// append under a lock, and a rewrite replaces the file whole.
package struct HistoryFile: Sendable {
  package let path: String
  /// The number of entries kept.
  package let limit: Int

  package init(path: String, limit: Int = 10_000) {
    self.path = path
    self.limit = limit
  }

  /// The place of the file by the XDG rules; nil when neither $XDG_STATE_HOME nor $HOME says one.
  package static func standardPath(environment: [String: String]) -> String? {
    let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let folder = state ?? home.map({ "\($0)/.local/state" }) else { return nil }
    return "\(folder)/runner-repl/history"
  }

  /// Reads the entries, oldest first and each once, at its latest place; cuts a file that has grown too long.
  package func load() throws(HistoryError) -> [String] {
    try withLockedFile { file throws(HistoryError) in
      let bytes = try file.readAll()
      let all = bytes.split(separator: 0x0A)
      var seen: Set<ArraySlice<UInt8>> = []
      var kept: [ArraySlice<UInt8>] = []
      for line in all.reversed() where kept.count < limit && seen.insert(line).inserted {
        kept.append(line)
      }
      kept.reverse()
      if all.count > limit {
        try file.replaceContents(with: kept.flatMap { $0 + [0x0A] })
      }
      return kept.map { HistoryEntryCoding.decode($0) }
    }
  }

  /// Adds one entry.
  package func append(_ entry: String) throws(HistoryError) {
    try withLockedFile { file throws(HistoryError) in
      // A session that died in the middle may have left half a line.
      let separator: [UInt8] = file.endsInsideLine ? [0x0A] : []
      try file.append(separator + HistoryEntryCoding.encode(entry) + [0x0A])
    }
  }

  private func withLockedFile<Value>(
    _ body: (LockedFile) throws(HistoryError) -> Value
  ) throws(HistoryError) -> Value {
    let file = try LockedFile(path: path)
    defer { file.close() }
    return try body(file)
  }
}

/// Why the history could not be read or written.
package struct HistoryError: Error, Hashable, CustomStringConvertible {
  package let description: String

  init(_ what: String, _ path: String, code: Int32) {
    description = "\(what) \(path): \(String(cString: strerror(code)))."
  }

  init(_ description: String) {
    self.description = description
  }
}
