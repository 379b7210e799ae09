/// Lets foreign output through to a terminal on which no line is being edited.
///
/// Text and colours stay, and what progress bars do: `\r`, backspace, erasing the line. All else that acts on the
/// terminal is taken out.
/// What a chunk cuts off waits for the next one.
struct StreamSanitizer: Sendable {
  private var filter = SequenceFilter(keepsErasure: true)
  /// The beginning of a character.
  private var begun: [UInt8] = []
  /// Whether a style is switched on.
  private var hasStyle = false

  mutating func clean(_ new: [UInt8]) -> [UInt8] {
    if begun.isEmpty, filter.isInText, Self.isHarmless(new) { return new }
    let bytes = begun + new
    let end = bytes.count - Self.unfinishedCount(bytes)
    begun = Array(bytes[end...])
    var cleaned: [UInt8] = []
    cleaned.reserveCapacity(end)
    for scalar in String(decoding: bytes[..<end], as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\n", "\r", "\u{8}":
        flush(into: &cleaned)
        filter = SequenceFilter(keepsErasure: true)
        cleaned.append(UInt8(scalar.value))
      default: filter.take(scalar)
      }
    }
    flush(into: &cleaned)
    return cleaned
  }

  /// Forgets what was cut off; returns what switches styles off, because somebody else writes now.
  mutating func end() -> [UInt8] {
    defer { self = StreamSanitizer() }
    return hasStyle ? Array("\u{1B}[0m".utf8) : []
  }

  private mutating func flush(into cleaned: inout [UInt8]) {
    for piece in filter.takePieces() {
      switch piece {
      case .text(let text): cleaned += text.utf8
      case .erasure(let parameters): cleaned += "\u{1B}[\(parameters)K".utf8
      case .style(let parameters):
        cleaned += "\u{1B}[\(parameters)m".utf8
        hasStyle = !parameters.allSatisfy { $0 == "0" }
      }
    }
  }

  private static func isHarmless(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    }
  }

  /// How many bytes at the end begin a character that more bytes can make whole.
  private static func unfinishedCount(_ bytes: [UInt8]) -> Int {
    for (index, byte) in bytes.suffix(3).reversed().enumerated() {
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      if byte >= 0xC0 { return length > index + 1 ? index + 1 : 0 }
      if byte < 0x80 { return 0 }
    }
    return 0
  }
}
