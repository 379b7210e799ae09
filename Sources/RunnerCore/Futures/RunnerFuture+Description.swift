extension RunnerFuture: CustomStringConvertible {
  /// The future in one line: number, label, state, and where it was made.
  ///
  /// Mirrors `repr(future)`.
  public var description: String {
    var words = "Future \(number)"
    if !label.isEmpty { words += " '\(label.excerpt(60))'" }
    words += " \(stateName), made in \(creationSite)"
    return "<\(words)>"
  }
}
