/// A text that has the form of a call, taken apart: `echoClient(port: 8080, count: 3)`.
struct CallText {
  struct Argument {
    /// The label in front of the colon; `nil` when there is none.
    var label: Substring?
    /// What stands at the place of the value, without spaces around it.
    var value: Substring
  }

  /// Why a text is not the form of a call.
  enum Failure: Error {
    case empty
    case notACall
    /// A name, and nothing behind it.
    case nameOnly(Substring)
    /// The parenthesis behind the name is never closed.
    case unclosed(name: Substring)
  }

  let name: Substring
  let arguments: [Argument]

  init(_ text: some StringProtocol) throws(Failure) {
    var rest = Substring(text).trimmed
    // As in Swift, where a call that suspends and throws is written with these words.
    for word in ["try", "await"] {
      if let name = rest.leadingName, name == word, rest.dropFirst(name.count).startsWithSpace {
        rest = rest.dropFirst(name.count).trimmed
      }
    }
    guard !rest.isEmpty else { throw .empty }
    guard let name = rest.leadingName else { throw .notACall }
    rest = rest[name.endIndex...].trimmed
    guard !rest.isEmpty else { throw .nameOnly(name) }
    guard rest.utf8.first == .openParenthesis else { throw .notACall }
    guard let (pieces, end) = Self.pieces(of: rest) else { throw .unclosed(name: name) }
    guard rest[end...].trimmed.isEmpty else { throw .notACall }
    self.name = name
    arguments = pieces.map(Self.argument)
  }

  /// The texts between the outermost parentheses that commas separate, and the index behind them.
  private static func pieces(of text: Substring) -> ([Substring], Substring.Index)? {
    let utf8 = text.utf8
    var pieces: [Substring] = []
    var start = utf8.index(after: utf8.startIndex)
    var index = start
    var depth = 1
    var isInString = false
    while index < utf8.endIndex {
      let next = utf8.index(after: index)
      switch utf8[index] {
      case .backslash where isInString:
        if next < utf8.endIndex {
          index = utf8.index(after: next)
          continue
        }
      case .quote: isInString.toggle()
      case _ where isInString: break
      case .openParenthesis, .openBracket, .openBrace: depth += 1
      case .closeParenthesis, .closeBracket, .closeBrace:
        depth -= 1
        if depth == 0 {
          let last = text[start..<index].trimmed
          // As in Swift, a comma may follow the last argument.
          if !last.isEmpty { pieces.append(last) }
          return (pieces, next)
        }
      case .comma where depth == 1:
        pieces.append(text[start..<index].trimmed)
        start = next
      default: break
      }
      index = next
    }
    return nil
  }

  private static func argument(_ piece: Substring) -> Argument {
    guard let name = piece.leadingName else { return Argument(label: nil, value: piece) }
    let rest = piece[name.endIndex...].trimmed
    guard rest.utf8.first == .colon else { return Argument(label: nil, value: piece) }
    return Argument(label: name, value: Substring(rest.utf8.dropFirst()).trimmed)
  }
}

extension Substring {
  /// The text without the white space around it.
  var trimmed: Substring {
    let front = utf8.drop { $0.isSpace }
    guard let last = front.lastIndex(where: { !$0.isSpace }) else {
      return Substring(front.prefix(0))
    }
    return Substring(front[...last])
  }

  fileprivate var startsWithSpace: Bool { utf8.first.map(\.isSpace) ?? true }

  /// The name that the text begins with.
  fileprivate var leadingName: Substring? {
    guard let first = utf8.first, first.isNamePart, !first.isDigit else { return nil }
    return Substring(utf8.prefix { $0.isNamePart })
  }
}

extension UInt8 {
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let backslash = UInt8(ascii: "\\")
  fileprivate static let comma = UInt8(ascii: ",")
  fileprivate static let colon = UInt8(ascii: ":")
  fileprivate static let openParenthesis = UInt8(ascii: "(")
  fileprivate static let closeParenthesis = UInt8(ascii: ")")
  fileprivate static let openBracket = UInt8(ascii: "[")
  fileprivate static let closeBracket = UInt8(ascii: "]")
  fileprivate static let openBrace = UInt8(ascii: "{")
  fileprivate static let closeBrace = UInt8(ascii: "}")

  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  fileprivate var isSpace: Bool { self == UInt8(ascii: " ") || (9...13).contains(self) }

  /// Whether a name may contain the byte; everything outside of ASCII may.
  fileprivate var isNamePart: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "_"), 0x80...: true
    default: isDigit
    }
  }
}
