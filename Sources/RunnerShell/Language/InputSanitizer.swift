/// Decides what of a raw line may reach the parser at all.
package enum InputSanitizer {
  /// The longest input that is read, in bytes.
  package static let limit = 262_144

  /// Returns the line with stray control characters replaced by blanks.
  ///
  /// - Throws: `CommandError` for a line that is too long, holds NUL or was not valid UTF-8.
  package static func clean(_ line: String) throws(CommandError) -> String {
    let bytes = line.utf8.count
    guard bytes <= limit else { throw .tooLong(bytes, limit: limit) }
    var needsChange = false
    for (position, scalar) in line.unicodeScalars.enumerated() {
      switch scalar.value {
      case 0: throw .invalidByte("a NUL byte", at: position + 1)
      case 0xFFFD: throw .invalidByte("a byte that is not UTF-8", at: position + 1)
      case 0x09, 0x0A: break
      case 0x01...0x1F, 0x7F...0x9F: needsChange = true
      default: break
      }
    }
    return needsChange ? replacingControls(in: line) : line
  }

  private static func replacingControls(in line: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in line.unicodeScalars {
      switch scalar.value {
      case 0x0D: continue
      case 0x09, 0x0A: result.append(scalar)
      case 0x01...0x1F, 0x7F...0x9F: result.append(" ")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
