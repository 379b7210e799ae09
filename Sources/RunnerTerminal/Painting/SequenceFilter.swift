/// Walks over characters and keeps text, SGR sequences and, if asked, those that erase in the line.
struct SequenceFilter: Sendable {
  private enum State {
    case text
    case escape
    case control(parameters: String)
    /// OSC, DCS, SOS, PM, APC: goes on to BEL or ST.
    case string(endsAtBackslash: Bool)
  }

  private static let longestParameters = 64
  private let keepsErasure: Bool
  private var state = State.text
  private var pieces: SanitizedLine = []
  private var text = String.UnicodeScalarView()

  init(keepsErasure: Bool = false) {
    self.keepsErasure = keepsErasure
  }

  /// Whether no sequence has begun.
  var isInText: Bool {
    if case .text = state { return true }
    return false
  }

  mutating func take(_ scalar: Unicode.Scalar) {
    switch state {
    case .text: takeText(scalar)
    case .escape: takeEscape(scalar)
    case .control(let parameters): takeControl(parameters, scalar)
    case .string(let endsAtBackslash): takeString(endsAtBackslash, scalar)
    }
  }

  /// Returns what was kept since the last time; a sequence that has begun goes on.
  mutating func takePieces() -> SanitizedLine {
    flush()
    defer { pieces = [] }
    return pieces
  }

  private mutating func takeText(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x1B: state = .escape
    case 0x9B: state = .control(parameters: "")
    case 0x90, 0x98, 0x9D...0x9F: state = .string(endsAtBackslash: false)
    case 0x00, 0x07, 0x80..<0xA0: break
    case 0x09: text.append(scalar)
    case 0x00..<0x20, 0x7F:
      text.append(contentsOf: "^\(Unicode.Scalar(UInt8(scalar.value) ^ 0x40))".unicodeScalars)
    default: text.append(scalar)
    }
  }

  private mutating func takeEscape(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\u{1B}": break
    case "[": state = .control(parameters: "")
    case "]", "P", "X", "^", "_": state = .string(endsAtBackslash: false)
    case "\u{20}"..."\u{2F}": break  // intermediates: the final character follows
    case "\u{30}"..."\u{7E}": state = .text
    default:
      state = .text
      takeText(scalar)
    }
  }

  private mutating func takeControl(_ parameters: String, _ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x20..<0x40:
      // Too long for any style: a `?` makes sure that it is dropped at its end.
      let isTooLong = parameters.utf8.count >= Self.longestParameters
      state = .control(parameters: isTooLong ? "?" : parameters + String(scalar))
    case 0x40..<0x7F:
      state = .text
      let isPlain = parameters.utf8.allSatisfy { (0x30...0x3B).contains($0) }
      guard isPlain, scalar == "m" || (scalar == "K" && keepsErasure) else { return }
      flush()
      pieces.append(scalar == "m" ? .style(parameters) : .erasure(parameters))
    case 0x1B: state = .escape
    default:
      state = .text
      takeText(scalar)
    }
  }

  private mutating func takeString(_ endsAtBackslash: Bool, _ scalar: Unicode.Scalar) {
    switch scalar {
    case "\u{07}", "\u{9C}": state = .text
    case "\\" where endsAtBackslash: state = .text
    default: state = .string(endsAtBackslash: scalar == "\u{1B}")
    }
  }

  private mutating func flush() {
    guard !text.isEmpty else { return }
    pieces.append(.text(String(text)))
    text = String.UnicodeScalarView()
  }
}
