/// Input as a message may show it: bounded, and with its control characters made visible.
struct VisibleText: Hashable, Sendable, CustomStringConvertible {
  /// The greatest number of characters that are shown.
  static let limit = 60

  let description: String

  init(_ input: some StringProtocol) {
    var shown: [String] = []
    var length = 0
    for scalar in input.unicodeScalars {
      let text = Self.visible(scalar)
      shown.append(text)
      length += text.unicodeScalars.count
      if length > Self.limit { break }
    }
    if length > Self.limit {
      while length >= Self.limit, let last = shown.popLast() { length -= last.unicodeScalars.count }
      shown.append("…")
    }
    description = shown.joined()
  }

  private static func visible(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
      scalar.escaped(asASCII: true)
    default:
      String(scalar)
    }
  }
}
