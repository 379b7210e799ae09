/// A half-typed path before the cursor, as `WordScanner` reads it, and how ways to go on are written.
package struct PathPoint: Hashable, Sendable {
  /// How many files are offered at most.
  private static let limit = 500

  /// What was typed of the path, without quotes.
  package let path: String
  /// Where its word begins, counted in Unicode scalars.
  package let start: Int
  /// How many words stand before it, a command's name among them; flags do not count.
  package let wordsBefore: Int
  /// Whether it is written like a flag.
  package let isFlag: Bool
  /// The quote that the word begins with.
  private let quote: Character?
  /// Whether that quote has ended already: what follows it is written without.
  private let isQuoteClosed: Bool

  /// Reads a half-typed line up to the cursor, which is counted in Unicode scalars.
  package init(_ text: String, cursor: Int) {
    let typed = String(String.UnicodeScalarView(text.unicodeScalars.prefix(max(0, cursor))))
    var words: [WordScanner.Word] = []
    var scanner = WordScanner(typed)
    var start = scanner.rest.startIndex
    while !scanner.rest.isEmpty {
      start = scanner.rest.startIndex
      if let word = scanner.next() { words.append(word) }
    }
    let endsInBlank = typed.last?.isWhitespace ?? true
    if !scanner.endsInQuote, endsInBlank {
      start = typed.endIndex
      words.append(WordScanner.Word(text: ""))
    }
    let raw = typed[start...]
    path = words.last?.text ?? ""
    self.start = typed.unicodeScalars.distance(from: typed.startIndex, to: start)
    wordsBefore = words.dropLast().count { !$0.isFlag }
    isFlag = raw.hasPrefix("-")
    quote = raw.first.flatMap { $0 == "'" || $0 == "\"" ? $0 : nil }
    isQuoteClosed = quote != nil && !scanner.endsInQuote
  }

  /// The folder to be looked into; "" is the working one.
  package var folder: String {
    path == "~" ? "~" : path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// What the name of a file in that folder begins with.
  package var name: String {
    path == "~"
      ? "" : path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The ways to go on, each with the word as it is to be written.
  ///
  /// What is hidden needs a dot, folders end with `/`, and a quote that a name needs stays open behind a folder.
  package func candidates(_ entries: [FileEntry]) -> [LineCompletions.Candidate] {
    if path == "~" { return [LineCompletions.Candidate(spelled("~/", isFolder: true))] }
    let known = name == ".." ? [FileEntry(name: "..", isFolder: true)] : []
    var fitting = (entries + known).filter {
      $0.name.hasPrefix(name) && ($0.name.first != "." || name.first == ".") && $0.canBeTyped
    }
    fitting.sort { $0.name < $1.name }
    // The last one stays: what the first and the last begin with, all do.
    if fitting.count > Self.limit { fitting.removeSubrange((Self.limit - 1)..<(fitting.count - 1)) }
    return fitting.map {
      let path = folder + $0.name + ($0.isFolder ? "/" : "")
      return LineCompletions.Candidate(spelled(path, isFolder: $0.isFolder))
    }
  }

  private func spelled(_ path: String, isFolder: Bool) -> String {
    guard Self.needsQuotes(path) || quote != nil else { return path }
    // Within single quotes nothing stands for a single quote.
    if quote == "'", !path.contains("'") {
      return isFolder && !isQuoteClosed ? "'\(path)" : "'\(path)'"
    }
    let escaped = path.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
    return "\"\(String(escaped))" + (isFolder && !isQuoteClosed ? "" : "\"")
  }

  private static func needsQuotes(_ path: String) -> Bool {
    path == "&" || path.hasPrefix("-")
      || path.unicodeScalars.contains {
        $0 == " " || $0 == "'" || $0 == "\"" || !$0.isASCII && $0.properties.isWhitespace
      }
  }
}
