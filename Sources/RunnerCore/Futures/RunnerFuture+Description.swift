extension RunnerFuture: CustomStringConvertible {
  /// The future in one line: number, label, state, and where it was made.
  ///
  /// Mirrors `repr(future)`.
  public var description: String {
    var words = "Future \(number)"
    if !label.isEmpty { words += " '\(label.excerpt(60))'" }
    words += " \(stateName)"
    if let creationSite { words += ", made in \(creationSite)" }
    return "<\(words)>"
  }
}
