extension ValueSnapshot {
  /// The greatest number of characters of a description that is kept.
  static let textLimit = 500

  /// Creates the text of a value: strings as they are, everything else as `String(describing:)`.
  package init(describing value: some Any) {
    let text = String(describing: value)
    let cut = text.prefix(Self.textLimit)
    self.init(
      type: String(describing: Swift.type(of: value as Any)),
      text: cut.endIndex == text.endIndex ? text : cut + "…")
  }
}

extension ErrorSnapshot {
  /// Creates the text of an error.
  package init(_ error: any Error) {
    let message = ValueSnapshot(describing: error).text
    self.init(type: String(describing: Swift.type(of: error)), message: message)
  }
}
