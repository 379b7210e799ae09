internal import CEditLine

/// What a terminal shows for one character.
struct Glyph: Hashable, Sendable {
  var text: String
  /// In columns.
  var width: Int
  /// Whether it takes two columns that cannot be in two rows.
  private(set) var isWide = false
  /// Whether all terminals agree about the width.
  var isCertain = true
  /// How many columns a row must have for it: as many as a terminal takes that does not know that its scalars are one
  /// character; and one more than the width where terminals disagree, as nothing goes to a place behind the last.
  private(set) var room: Int

  /// Shows control characters as `^X`, unprintable ones as `<U+1234>`, and a stray combining mark on a circle.
  init(_ character: Character) {
    let scalars = character.unicodeScalars
    if let control = Self.caret(scalars) {
      self.init(text: control, width: 2)
      return
    }
    let widths = scalars.map { cedit_width($0.value) }
    let sum = widths.reduce(0) { $0 + Int($1) }
    if widths.contains(where: { $0 < 0 }) {
      let text = zip(scalars, widths).map { scalar, width in
        width < 0 ? "<U+\(String(scalar.value, radix: 16, uppercase: true))>" : String(scalar)
      }
      let shown = text.joined()
      self.init(text: shown, width: shown.count)
    } else if sum == 0 {
      self.init(text: "\u{25CC}\(character)", width: 1)
    } else {
      let isEmoji = Self.isEmoji(scalars)
      self.init(text: String(character), width: isEmoji ? 2 : sum)
      isWide = width == 2
      isCertain = !isEmoji && scalars.dropFirst().allSatisfy(Self.isMark)
      if !isCertain { room = max(sum, width + 1) }
    }
  }

  private init(text: String, width: Int) {
    self.text = text
    self.width = width
    room = width
  }

  /// Whether scalars make an emoji together, which takes two columns, whatever each of them takes: half of a flag
  /// or all of it, with a skin tone, joined with others, on a keycap, or text that VS16 makes an emoji.
  private static func isEmoji(_ scalars: Character.UnicodeScalarView) -> Bool {
    guard let first = scalars.first else { return false }
    if (0x1F1E6...0x1F1FF).contains(first.value) { return true }
    guard first.properties.isEmoji else { return false }
    return scalars.dropFirst().contains { scalar in
      switch scalar.value {
      case 0xFE0F: true
      case 0x200D, 0xE0020...0xE007F: !first.isASCII
      default: scalar.properties.isEmojiModifier
      }
    }
  }

  /// Whether all terminals put a scalar on the character before it; VS15 makes some of them narrow that.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    guard cedit_width(scalar.value) == 0, scalar.value != 0xFE0E else { return false }
    return [.nonspacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
  }

  private static func caret(_ scalars: Character.UnicodeScalarView) -> String? {
    guard let first = scalars.first, first.value < 0x20 || first.value == 0x7F else { return nil }
    return "^\(Unicode.Scalar(UInt8(first.value) ^ 0x40))"
  }

  /// Columns that a text takes in one row.
  static func width(of text: String) -> Int {
    text.reduce(0) { $0 + Glyph($1).width }
  }
}
