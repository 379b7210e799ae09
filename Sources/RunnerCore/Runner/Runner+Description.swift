extension Runner: CustomStringConvertible {
  /// The runner in one line: its name, and where it stands in its life.
  ///
  /// May be read from any thread.
  public var description: String { "<Runner '\(name.excerpt(60))' \(phase.rawValue)>" }
}
