/// A value taken apart, as deep and as long as the limits allow.
indirect enum ValueTree {
  case text(String)
  /// What stands between `open` and `close`, separated by commas.
  case group(open: String, [Child], close: String)

  struct Child {
    var label: String?
    var value: ValueTree
  }

  /// How much of a value is taken.
  struct Limits {
    var depth = 8
    /// Elements of one collection.
    var elements = 100
    /// Parts of the whole value.
    var parts = 400
    /// Characters of a string or a description.
    var characters = 1_000
  }

  /// Whether it is a type's name and nothing else.
  var isOpaque: Bool {
    guard case .text(let text) = self else { return false }
    return text.hasSuffix("(…)")
  }

  /// In one line.
  var line: String {
    switch self {
    case .text(let text): text
    case .group(let open, let children, let close):
      open
        + children.map { child in (child.label.map { $0 + ": " } ?? "") + child.value.line }
        .joined(separator: ", ") + close
    }
  }

  /// In as many lines as need be, none of them wider than `width` if it can be helped.
  func lines(width: Int, indent: Int = 0, taken: Int = 0) -> String {
    let line = line
    guard case .group(let open, let children, let close) = self, !children.isEmpty,
      line.count + indent + taken > width || line.contains("\n")
    else { return line }
    let margin = String(repeating: " ", count: indent + 2)
    if let short = Self.shortTexts(children) {
      return open + "\n" + Self.rows(of: short, margin: margin, width: width) + "\n"
        + margin.dropLast(2) + close
    }
    let body = children.map { child in
      let label = child.label.map { $0 + ": " } ?? ""
      return margin + label
        + child.value.lines(width: width, indent: indent + 2, taken: label.count + 1)
    }
    return open + "\n" + body.joined(separator: ",\n") + "\n"
      + margin.dropLast(2) + close
  }

  /// The texts of children that are numbers, short words and the like.
  private static func shortTexts(_ children: [Child]) -> [String]? {
    let texts = children.map { child -> String? in
      guard case .text(let text) = child.value, child.label == nil, text.count <= 20,
        !text.contains("\n")
      else { return nil }
      return text
    }
    return texts.count > 3 && texts.allSatisfy({ $0 != nil }) ? texts.compactMap(\.self) : nil
  }

  /// As many texts in a line as fit.
  private static func rows(of texts: [String], margin: String, width: Int) -> String {
    var rows: [String] = []
    for (index, text) in texts.enumerated() {
      let piece = index == texts.count - 1 ? text : text + ","
      if let last = rows.last, last.count + piece.count < width {
        rows[rows.count - 1] = last + " " + piece
      } else {
        rows.append(margin + piece)
      }
    }
    return rows.joined(separator: "\n")
  }
}
