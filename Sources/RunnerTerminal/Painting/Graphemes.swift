/// Finds whole characters in Unicode scalars.
enum Graphemes {
  /// No character that matters on a terminal is longer; bounds the work at one place in a long text.
  private static let longest = 32

  /// Counts the scalars of the character that begins at an index.
  static func length(in text: [Unicode.Scalar], at index: Int) -> Int {
    guard index < text.count else { return 0 }
    if text[index].isASCII, index + 1 == text.count || text[index + 1].isASCII { return 1 }
    let window = string(text[index..<min(text.count, index + longest)])
    return window.first?.unicodeScalars.count ?? 1
  }

  /// Counts the scalars of the character that ends before an index.
  static func length(in text: [Unicode.Scalar], before index: Int) -> Int {
    guard index > 0 else { return 0 }
    if text[index - 1].isASCII { return 1 }
    return string(text[max(0, index - longest)..<index]).last?.unicodeScalars.count ?? 1
  }

  static func glyph(in text: [Unicode.Scalar], at index: Int, count: Int) -> Glyph {
    let cluster = string(text[index..<min(text.count, index + count)])
    return Glyph(cluster.first ?? "\u{FFFD}")
  }

  static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
