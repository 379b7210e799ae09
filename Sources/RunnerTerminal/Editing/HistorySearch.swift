/// An incremental search through the history (Ctrl-R), as a value.
struct HistorySearch: Sendable {
  /// What the editor does after a key.
  enum Outcome: Hashable, Sendable {
    case goOn
    /// Back to the line as it was.
    case cancel
    /// The found entry becomes the line, and the key acts on it.
    case accept
  }

  private let entries: [String]
  private let original: LineText
  private(set) var query = ""
  /// The entry that is shown; nil shows the line as it was.
  private(set) var found: Int?
  private(set) var hasFailed = false

  init(_ entries: [String], original: LineText) {
    self.entries = entries
    self.original = original
  }

  /// The text to be shown, with the cursor where the query begins in it, or as much of it as there is.
  var shown: LineText {
    guard let found else { return original }
    let scalars = Array(entries[found].unicodeScalars)
    return LineText(
      scalars: scalars, cursor: Self.offset(of: matching, in: scalars) ?? scalars.count)
  }

  /// Whether nothing is found that contains the query: what is shown is no hit.
  var isAstray: Bool { hasFailed && matching != query }

  /// As much of the query as the entry that is shown contains.
  private var matching: String {
    guard let found else { return "" }
    var part = query
    while !part.isEmpty, !entries[found].contains(part) { part.removeLast() }
    return part
  }

  /// Says what is looked for, marks what of it is not there, and says what is shown instead of a hit.
  func prompt(_ palette: Palette) -> [PaintedText] {
    guard isAstray else { return [PaintedText("\(hasFailed ? "failed " : "")search `\(query)`: ")] }
    let shown = found != nil ? ", last match" : original.isEmpty ? "" : ", line"
    let missing = String(query.dropFirst(matching.count))
    return [
      PaintedText("failed search `\(matching)"), PaintedText(missing, sgr: palette.missing),
      PaintedText("`\(shown): "),
    ]
  }

  mutating func older() {
    seek(entries[..<(found ?? entries.count)].indices.reversed())
  }

  mutating func newer() {
    guard let found else { return }
    seek(Array((found + 1)..<entries.count))
  }

  mutating func append(_ scalar: Unicode.Scalar) {
    query.unicodeScalars.append(scalar)
    // The entry that is shown may go on to match.
    seek(entries[..<min(entries.count, (found ?? entries.count) + 1)].indices.reversed())
  }

  mutating func removeLast() {
    guard !query.isEmpty else { return }
    query.removeLast()
    found = nil
    hasFailed = false
    if !query.isEmpty { older() }
  }

  /// Takes a key as libedit delivers it.
  mutating func take(_ code: UInt32) -> Outcome {
    switch EditorKey(rawValue: code) {
    case .search: older()
    case .searchForward: newer()
    case .backspace: removeLast()
    case nil: return takeCharacter(code)
    default: return .accept
    }
    return .goOn
  }

  private mutating func takeCharacter(_ code: UInt32) -> Outcome {
    switch code {
    case 0x07: return .cancel
    case 0x08, 0x7F: removeLast()
    case 0x12: older()
    case 0x13: newer()
    case 0x20...:
      guard let scalar = Unicode.Scalar(code) else { return .goOn }
      append(scalar)
    default: return .accept
    }
    return .goOn
  }

  private mutating func seek(_ candidates: some Sequence<Int>) {
    guard !query.isEmpty else { return }
    let hit = candidates.first { entries[$0].contains(query) }
    hasFailed = hit == nil
    if let hit { found = hit }
  }

  private static func offset(of query: String, in scalars: [Unicode.Scalar]) -> Int? {
    let wanted = Array(query.unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= scalars.count else { return nil }
    return (0...(scalars.count - wanted.count)).first {
      scalars[$0..<($0 + wanted.count)].elementsEqual(wanted)
    }
  }
}
