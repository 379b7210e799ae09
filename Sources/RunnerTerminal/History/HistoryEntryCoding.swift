/// One history entry as one line of bytes, and back.
enum HistoryEntryCoding {
  private static let backslash = UInt8(ascii: "\\")

  static func encode(_ entry: String) -> [UInt8] {
    var line: [UInt8] = []
    for byte in entry.utf8 {
      switch byte {
      case 0x0A: line += [backslash, UInt8(ascii: "n")]
      case backslash: line += [backslash, backslash]
      default: line.append(byte)
      }
    }
    return line
  }

  /// Reads a line that anybody may have written: unknown escapes stand for themselves, invalid UTF-8 is U+FFFD.
  static func decode(_ line: ArraySlice<UInt8>) -> String {
    guard line.contains(backslash) else { return String(decoding: line, as: UTF8.self) }
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in line {
      if isEscaped {
        bytes +=
          byte == UInt8(ascii: "n") ? [0x0A] : byte == backslash ? [byte] : [backslash, byte]
        isEscaped = false
      } else if byte == backslash {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    if isEscaped { bytes.append(backslash) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
