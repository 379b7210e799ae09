extension EventLoop: CustomStringConvertible {
  /// The loop in one line: name, what it does, how many tasks are alive.
  ///
  /// May be read from any thread. Mirrors `repr(loop)`.
  public var description: String {
    let count = tasks.count
    return
      "<EventLoop '\(name.excerpt(60))' \(phase.rawValue), \(count) \(count == 1 ? "task" : "tasks")>"
  }
}
