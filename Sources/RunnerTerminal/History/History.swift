/// The entries of this session and of those before it.
///
/// Trouble with the file is told once, by `warning`; the session's own entries are always kept.
package struct History: Sendable {
  package static let limit = 10_000

  /// Oldest first, each once.
  package private(set) var entries: [String]
  /// One sentence for the person, if entries will not outlive the session.
  package private(set) var warning: String?
  private var file: HistoryFile?

  /// Makes a history that ends with the session.
  package init(entries: [String] = []) {
    self.entries = entries
  }

  /// Makes a history that goes on with a file.
  package init(file: HistoryFile) {
    self.init()
    do throws(HistoryError) {
      entries = try file.load()
      self.file = file
    } catch {
      warning = "\(error.description) This session's history will not be saved."
    }
  }

  /// Makes the history of the standard place.
  package init(environment: [String: String]) {
    if let path = HistoryFile.standardPath(environment: environment) {
      self.init(file: HistoryFile(path: path, limit: Self.limit))
    } else {
      self.init()
      warning =
        "There is no place for the history: neither HOME nor XDG_STATE_HOME is an absolute path. "
        + "This session's history will not be saved."
    }
  }

  /// What happened to an entry that was offered.
  enum Addition: Hashable, Sendable {
    /// Empty, private because it begins with a space, or the latest already.
    case refused
    case added
    /// It was there before, and is the latest now.
    case moved
  }

  /// Takes an input into the history and its file.
  mutating func add(_ entry: String) -> Addition {
    guard let first = entry.first, first != " ", entry.contains(where: { !$0.isWhitespace }) else {
      return .refused
    }
    if entries.last == entry { return .refused }
    let old = entries.lastIndex(of: entry)
    if let old { entries.remove(at: old) }
    entries.append(entry)
    if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
    do throws(HistoryError) {
      try file?.append(entry)
    } catch {
      warning = error.description
      file = nil
    }
    return old == nil ? .added : .moved
  }
}
