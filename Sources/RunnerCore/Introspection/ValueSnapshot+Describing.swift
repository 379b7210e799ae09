extension ValueSnapshot {
  /// The greatest number of characters of a description that is kept.
  static let textLimit = 500

  /// Creates the text of a value: strings as they are, everything else as `String(describing:)`.
  package init(describing value: some Any) {
    self.init(value, describedAs: String(describing: value))
  }

  private init(_ value: Any, describedAs text: String) {
    let cut = text.prefix(Self.textLimit)
    self.init(
      type: String(describing: Swift.type(of: value)),
      text: cut.endIndex == text.endIndex ? text : cut + "…")
  }

  /// The text of a value and, where it had to be cut, a number that depends on all of it (FNV-1a).
  static func digested(_ value: Any) -> (ValueSnapshot, digest: UInt64?) {
    let text = String(describing: value)
    let snapshot = ValueSnapshot(value, describedAs: text)
    if snapshot.text == text { return (snapshot, nil) }
    let digest = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return (snapshot, digest)
  }
}

extension ErrorSnapshot {
  /// Creates the text of an error.
  package init(_ error: any Error) {
    let message = ValueSnapshot(describing: error).text
    self.init(type: String(describing: Swift.type(of: error)), message: message)
  }
}
