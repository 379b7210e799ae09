extension AnyRunnerTask {
  /// The lines at which the task waits, innermost first; mirrors `Task.get_stack()`.
  ///
  /// Those of the program's own functions, down to the task's closure. Where Swift's runtime is not
  /// read: one for the `await`, where it was given its line, and one for each of the library's scopes
  /// around it. A task that has not begun has the line that made it; one that is running or has ended has
  /// none. May be read from any thread.
  public var stack: [SourceSite] {
    loop.inspect { [self] consistency in
      TaskPicture(of: loop, natives: consistency).frames(of: visible)
    }
  }

  /// The stack as text, or the error of a failed task; mirrors `Task.print_stack()`.
  ///
  /// May be read from any thread. An error that is shown here does not count as looked at.
  public var stackText: String {
    if isDone, let failure {
      return "Traceback for \(self):\n  \(type(of: failure)): \(failure)"
    }
    let frames = stack
    if frames.isEmpty { return "No stack for \(self)" }
    return (["Stack for \(self) (most recent call last):"] + frames.reversed().map { "  \($0)" })
      .joined(separator: "\n")
  }
}
