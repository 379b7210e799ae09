/// Input on its way to libedit: bytes, then keys, then the codes that libedit reads.
///
/// What was typed ahead stays here from one line to the next.
struct InputQueue: Sendable {
  private var bytes: ArraySlice<UInt8> = []
  private var keys: [Key] = []
  private var codes: [UInt32] = []
  private var firstCode = 0
  private var texts: [String] = []
  private var decoder = KeyDecoder()
  private var isQuoting = false
  private var isLeading = false
  /// How often libedit was told of the first text since the last key.
  private var announcements = 0
  /// More than any command reads characters one after another.
  private static let mostAnnouncements = 4

  /// Whether bytes have come that are not keys yet: someone pastes, or types ahead.
  var hasMore: Bool { !bytes.isEmpty || !keys.isEmpty }
  var pending: KeyDecoder.Pending { decoder.pending }

  mutating func add(bytes new: [UInt8]) {
    bytes = bytes.isEmpty ? new[...] : bytes + new
  }

  mutating func nextKey() -> Key? {
    while keys.isEmpty, !bytes.isEmpty {
      bytes = bytes.dropFirst(decoder.decode(bytes, into: &keys))
    }
    return keys.isEmpty ? nil : keys.removeFirst()
  }

  /// Makes keys of what is half read.
  mutating func giveUpWaiting() {
    decoder.giveUpWaiting(into: &keys)
  }

  /// Forgets what was typed ahead.
  mutating func removeAll() {
    self = InputQueue()
  }

  /// Whether the key before was Ctrl-V: libedit takes the next character as it is, so it must not become a code of
  /// ours.
  mutating func takeQuoting(before scalar: Unicode.Scalar) -> Bool {
    defer { isQuoting = scalar == "\u{16}" && !isQuoting }
    return isQuoting
  }

  /// Whether this character ends a sequence that the key before, Ctrl-X, began.
  mutating func takeLeading(
    before scalar: Unicode.Scalar, _ isSequence: (Unicode.Scalar) -> Bool
  ) -> Bool {
    defer { isLeading = scalar == "\u{18}" && !isLeading }
    return isLeading && isSequence(scalar)
  }

  mutating func add(code: UInt32) {
    announcements = 0
    codes.append(code)
  }

  mutating func add(text: String) {
    texts.append(text)
    add(code: EditorKey.text.rawValue)
    announcements = 1
  }

  mutating func nextCode() -> UInt32? {
    guard firstCode < codes.count else {
      // A command that reads further keys took the code of a text for a character: announce the text again.
      guard !texts.isEmpty, announcements < Self.mostAnnouncements else { return nil }
      announcements += 1
      return EditorKey.text.rawValue
    }
    defer {
      firstCode += 1
      if firstCode == codes.count {
        codes.removeAll(keepingCapacity: true)
        firstCode = 0
      }
    }
    return codes[firstCode]
  }

  /// The text that the code `EditorKey.text` stands for.
  mutating func takeText() -> String? {
    announcements = 0
    return texts.isEmpty ? nil : texts.removeFirst()
  }
}
