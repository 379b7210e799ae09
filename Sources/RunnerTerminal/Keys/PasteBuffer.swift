/// The body of a bracketed paste while it arrives.
struct PasteBuffer: Sendable {
  private static let end = Array("\u{1B}[201~".utf8)
  private var bytes: [UInt8] = []

  /// Adds bytes up to the end of the paste; returns how many it took and whether the paste is whole.
  mutating func append(_ new: ArraySlice<UInt8>) -> (taken: Int, isWhole: Bool) {
    var index = new.startIndex
    while index < new.endIndex {
      guard let tilde = new[index...].firstIndex(of: UInt8(ascii: "~")) else { break }
      bytes += new[index...tilde]
      index = tilde + 1
      if bytes.count >= Self.end.count, bytes.suffix(Self.end.count).elementsEqual(Self.end) {
        bytes.removeLast(Self.end.count)
        return (index - new.startIndex, true)
      }
    }
    bytes += new[index...]
    return (new.count, false)
  }

  /// The text: CR and CRLF are LF, control characters are dropped, invalid UTF-8 is U+FFFD.
  ///
  /// Line ends after the last line are dropped: Return is the person's to press.
  var text: String {
    var cleaned: [UInt8] = []
    cleaned.reserveCapacity(bytes.count)
    var previous: UInt8 = 0
    for byte in bytes {
      switch byte {
      case 0x0D: cleaned.append(0x0A)
      case 0x0A: if previous != 0x0D { cleaned.append(byte) }
      case 0x09, 0x20..<0x7F, 0x80...: cleaned.append(byte)
      default: break
      }
      previous = byte
    }
    while cleaned.last == 0x0A { cleaned.removeLast() }
    var scalars = String(decoding: cleaned, as: UTF8.self).unicodeScalars
    if scalars.contains(where: { (0x80..<0xA0).contains($0.value) }) {
      scalars.removeAll { (0x80..<0xA0).contains($0.value) }
    }
    return String(scalars)
  }
}
