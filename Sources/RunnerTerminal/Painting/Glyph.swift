internal import CEditLine

/// What a terminal shows for one character.
struct Glyph: Hashable, Sendable {
  var text: String
  /// In columns.
  var width: Int
  /// Whether all terminals agree about the width.
  var isCertain = true

  /// Shows control characters as `^X`, unprintable ones as `<U+1234>`, and a stray combining mark on a circle.
  init(_ character: Character) {
    let scalars = character.unicodeScalars
    if let control = Self.caret(scalars) {
      self.init(text: control, width: 2)
      return
    }
    let widths = scalars.map { cedit_width($0.value) }
    let width = Int(widths.max() ?? 0)
    if widths.contains(where: { $0 < 0 }) {
      let text = zip(scalars, widths).map { scalar, width in
        width < 0 ? "<U+\(String(scalar.value, radix: 16, uppercase: true))>" : String(scalar)
      }
      let shown = text.joined()
      self.init(text: shown, width: shown.count)
    } else if width == 0 {
      self.init(text: "\u{25CC}\(character)", width: 1)
    } else {
      self.init(text: String(character), width: width, isCertain: scalars.count == 1 || width == 1)
    }
  }

  private init(text: String, width: Int, isCertain: Bool = true) {
    self.text = text
    self.width = width
    self.isCertain = isCertain
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
