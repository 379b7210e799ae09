/// A number as Swift source writes it: `3`, `-0.5`, `1_000`, `1e9`, `0xFF`, `.infinity`.
enum NumberLiteral: Hashable, Sendable {
  case integer(Int)
  case decimal(Double)
  /// A whole number that no `Int` can hold.
  case overflow

  /// Reads a literal; `nil` when the text is none.
  init?(_ text: Substring) {
    var body = text.utf8
    let isNegative = body.first == UInt8(ascii: "-")
    if isNegative || body.first == UInt8(ascii: "+") { body = body.dropFirst() }
    if let special = Self.special(Substring(body)) {
      self = .decimal(isNegative ? -special : special)
      return
    }
    guard let first = body.first, first.isDigit else { return nil }
    let digits = Substring(decoding: body.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    if let (radix, digits) = Self.whole(digits) {
      let value = Int((isNegative ? "-" : "") + digits, radix: radix)
      self = value.map(NumberLiteral.integer) ?? .overflow
    } else if Self.isDecimal(digits), let value = Double(digits) {
      self = .decimal(isNegative ? -value : value)
    } else {
      return nil
    }
  }

  /// The numbers that have a name instead of digits.
  private static func special(_ text: Substring) -> Double? {
    switch text {
    case "nan", ".nan", "Double.nan": .nan
    case "inf", "infinity", ".infinity", "Double.infinity": .infinity
    default: nil
    }
  }

  /// The digits of a whole number and their radix; `nil` when it is none.
  private static func whole(_ text: Substring) -> (radix: Int, digits: Substring)? {
    let radix =
      switch text.prefix(2) {
      case "0x": 16
      case "0o": 8
      case "0b": 2
      default: 10
      }
    let digits = radix == 10 ? text : text.dropFirst(2)
    let areDigits = digits.allSatisfy { character in
      character.isASCII && (character.hexDigitValue.map { $0 < radix } ?? false)
    }
    return areDigits && !digits.isEmpty ? (radix, digits) : nil
  }

  /// Whether the text is digits, with a fraction or an exponent of digits or both.
  private static func isDecimal(_ text: Substring) -> Bool {
    var rest = text.utf8.drop { $0.isDigit }
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst()
      guard fraction.first?.isDigit ?? false else { return false }
      rest = fraction.drop { $0.isDigit }
    }
    if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
      var exponent = rest.dropFirst()
      if let sign = exponent.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
        exponent = exponent.dropFirst()
      }
      guard exponent.first?.isDigit ?? false else { return false }
      rest = exponent.drop { $0.isDigit }
    }
    return rest.isEmpty
  }
}
