/// Turns the bytes of a keyboard into keys.
///
/// A value without a clock: when `pending` says that a key is half read and no byte comes in time, the caller
/// calls `giveUpWaiting`.
struct KeyDecoder: Sendable {
  /// What has begun and is not complete.
  enum Pending: Hashable, Sendable {
    case nothing, character, escape, paste
  }

  private enum State {
    case ground
    case character(bytes: [UInt8], missing: Int)
    case escape
    case sequence([UInt8])
    case paste(PasteBuffer)
  }

  private static let longestSequence = 32
  private var state = State.ground

  var pending: Pending {
    switch state {
    case .ground: .nothing
    case .character: .character
    case .escape, .sequence: .escape
    case .paste: .paste
    }
  }

  /// Decodes up to the first whole key and returns how many bytes that took.
  mutating func decode(_ bytes: ArraySlice<UInt8>, into keys: inout [Key]) -> Int {
    let known = keys.count
    var index = bytes.startIndex
    while index < bytes.endIndex, keys.count == known {
      if case .paste(var buffer) = state {
        state = .ground  // the buffer is not shared while it grows
        let (taken, isWhole) = buffer.append(bytes[index...])
        index += taken
        if isWhole { keys.append(.paste(buffer.text)) } else { state = .paste(buffer) }
      } else {
        take(bytes[index], into: &keys)
        index += 1
      }
    }
    return index - bytes.startIndex
  }

  /// Makes keys of what is half read, because nothing followed in time.
  mutating func giveUpWaiting(into keys: inout [Key]) {
    switch state {
    case .ground: break
    case .character: keys.append(.character("\u{FFFD}"))
    case .escape: keys.append(.escape)
    case .sequence(let bytes):
      if bytes.count == 1 { keys.append(.meta(Unicode.Scalar(bytes[0]))) }
    case .paste(let buffer): keys.append(.paste(buffer.text))
    }
    state = .ground
  }

  private mutating func take(_ byte: UInt8, into keys: inout [Key]) {
    switch state {
    case .ground, .paste: begin(byte, into: &keys)
    case .character(let bytes, let missing): goOn(bytes, missing, with: byte, into: &keys)
    case .escape: afterEscape(byte, into: &keys)
    case .sequence(let bytes): inSequence(bytes, byte, into: &keys)
    }
  }

  private mutating func begin(_ byte: UInt8, into keys: inout [Key]) {
    state = .ground
    switch byte {
    case 0x1B: state = .escape
    case 0x00..<0x80: keys.append(.character(Unicode.Scalar(byte)))
    case 0xC2..<0xE0: state = .character(bytes: [byte], missing: 1)
    case 0xE0..<0xF0: state = .character(bytes: [byte], missing: 2)
    case 0xF0..<0xF5: state = .character(bytes: [byte], missing: 3)
    default: keys.append(.character("\u{FFFD}"))
    }
  }

  private mutating func goOn(
    _ bytes: [UInt8], _ missing: Int, with byte: UInt8, into keys: inout [Key]
  ) {
    guard byte & 0xC0 == 0x80 else {
      keys.append(.character("\u{FFFD}"))
      return begin(byte, into: &keys)
    }
    guard missing == 1 else {
      state = .character(bytes: bytes + [byte], missing: missing - 1)
      return
    }
    state = .ground
    let scalar = String(decoding: bytes + [byte], as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    // C1 controls are no text, and their codes are those of our private keys.
    if !(0x80..<0xA0).contains(scalar.value) { keys.append(.character(scalar)) }
  }

  private mutating func afterEscape(_ byte: UInt8, into keys: inout [Key]) {
    switch byte {
    case 0x1B: keys.append(.escape)  // the second one begins anew
    case UInt8(ascii: "["), UInt8(ascii: "O"): state = .sequence([byte])
    case 0x0A, 0x0D:
      state = .ground
      keys.append(.function(.altEnter, sequence: String(Unicode.Scalar(byte))))
    case 0x00..<0x80:
      state = .ground
      keys.append(.meta(Unicode.Scalar(byte)))
    default:
      keys.append(.escape)
      begin(byte, into: &keys)
    }
  }

  private mutating func inSequence(_ bytes: [UInt8], _ byte: UInt8, into keys: inout [Key]) {
    // A control character breaks a sequence off and acts by itself.
    if byte < 0x20 || byte >= 0x7F || bytes.count >= Self.longestSequence {
      return begin(byte, into: &keys)
    }
    let sequence = bytes + [byte]
    let isLinuxConsolePrefix = sequence == Array("[[".utf8)
    guard byte >= 0x40, !isLinuxConsolePrefix else {
      state = .sequence(sequence)
      return
    }
    state = .ground
    switch String(decoding: sequence, as: UTF8.self) {
    case "[200~": state = .paste(PasteBuffer())
    case "[201~", "[I", "[O": break  // a stray end of a paste; focus reports
    case let text: keys.append(.function(FunctionKey(sequence: text), sequence: text))
    }
  }
}
