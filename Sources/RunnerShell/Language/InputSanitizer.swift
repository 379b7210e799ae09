/// Decides what of a raw line may reach the parser at all.
package enum InputSanitizer {
  /// The longest input that is read, in bytes.
  package static let limit = 262_144

  /// Returns the line without the carriage returns that end its lines.
  ///
  /// - Throws: `CommandError` for a line that is too long, holds a control character other than a
  ///   tab or was not valid UTF-8.
  package static func clean(_ line: String) throws(CommandError) -> String {
    let bytes = line.utf8.count
    guard bytes <= limit else { throw .tooLong(bytes, limit: limit) }
    var text = String.UnicodeScalarView()
    var scalars = line.unicodeScalars.enumerated().makeIterator()
    var next = scalars.next()
    while let (offset, scalar) = next {
      next = scalars.next()
      switch scalar.value {
      case 0: throw .invalidByte("a NUL byte", at: offset + 1)
      case 0xFFFD: throw .invalidByte("a byte that is not UTF-8", at: offset + 1)
      case 0x0D where next == nil || next?.element == "\n": continue
      case 0x09, 0x0A: break
      case 0x01...0x1F, 0x7F...0x9F:
        throw .invalidByte("the control character \(name(of: scalar))", at: offset + 1)
      default: break
      }
      text.append(scalar)
    }
    return String(text)
  }

  private static func name(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
