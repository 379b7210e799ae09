extension StringProtocol {
  /// The text without blanks and line ends around it.
  func trimmed() -> String {
    let tail = drop(while: \.isWhitespace)
    let length = tail.reversed().drop(while: \.isWhitespace).count
    return String(tail.prefix(length))
  }
}
