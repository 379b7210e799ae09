/// Says that two compilations have the same input: two 64-bit FNV-1a sums of all of it.
struct CellKey: Hashable, Sendable, CustomStringConvertible {
  private var first: UInt64 = 0xCBF2_9CE4_8422_2325
  private var second: UInt64 = 0x6C62_272E_07BB_0142

  /// Adds a part; where parts begin and end makes a difference.
  mutating func add(_ part: String) {
    for byte in part.utf8 { add(byte) }
    add(0xFF)
  }

  private mutating func add(_ byte: UInt8) {
    first = (first ^ UInt64(byte)) &* 0x100_0000_01B3
    second = (second ^ UInt64(~byte)) &* 0x100_0000_01B3
  }

  var description: String { Self.hexadecimal(first) + Self.hexadecimal(second) }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
