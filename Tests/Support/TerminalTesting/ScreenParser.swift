/// Cuts a terminal's input into characters and sequences.
struct ScreenParser: Sendable {
  enum Action: Hashable, Sendable {
    case print(Unicode.Scalar)
    case control(UInt8)
    /// CSI: the parameters and intermediates, and the final character.
    case sequence(parameters: String, final: Character)
    /// ESC and one character.
    case escape(Character)
    case unknown(String)
  }

  private enum State {
    case ground, escape
    case sequence(String)
    case character([UInt8], missing: Int)
  }

  private var state = State.ground

  mutating func take(_ byte: UInt8) -> [Action] {
    switch state {
    case .ground: return begin(byte)
    case .escape:
      state = .ground
      if byte == UInt8(ascii: "[") {
        state = .sequence("")
        return []
      }
      let character = Character(Unicode.Scalar(byte))
      return ["7", "8", "D"].contains(character)
        ? [.escape(character)] : [.unknown("ESC \(character)")]
    case .sequence(let parameters):
      let character = Character(Unicode.Scalar(byte))
      if (0x40..<0x7F).contains(byte) {
        state = .ground
        return [.sequence(parameters: parameters, final: character)]
      }
      guard (0x20..<0x40).contains(byte) else {
        state = .ground
        return [.unknown("CSI \(parameters) broken off")] + begin(byte)
      }
      state = .sequence(parameters + String(character))
      return []
    case .character(let bytes, let missing):
      guard byte & 0xC0 == 0x80 else { return [.unknown("bad UTF-8")] + begin(byte) }
      let bytes = bytes + [byte]
      state = missing > 1 ? .character(bytes, missing: missing - 1) : .ground
      guard missing == 1 else { return [] }
      return String(decoding: bytes, as: UTF8.self).unicodeScalars.map { .print($0) }
    }
  }

  private mutating func begin(_ byte: UInt8) -> [Action] {
    state = .ground
    switch byte {
    case 0x1B: state = .escape
    case 0x00..<0x20, 0x7F: return [.control(byte)]
    case 0x20..<0x7F: return [.print(Unicode.Scalar(byte))]
    case 0xC2..<0xE0: state = .character([byte], missing: 1)
    case 0xE0..<0xF0: state = .character([byte], missing: 2)
    case 0xF0..<0xF5: state = .character([byte], missing: 3)
    default: return [.unknown("byte \(byte)")]
    }
    return []
  }
}
