extension CallGraph {
  /// The graph as text, each level of awaiters indented by four blanks more.
  ///
  ///     * Task 7 'fetch'
  ///       + Call stack:
  ///       |   fetch(_:) at Fetch.swift:12
  ///       + Awaited by:
  ///         * Task 6 'main'
  ///           + Call stack:
  ///           |   main() at Main.swift:40
  public var text: String {
    var lines: [String] = []
    add(to: &lines, indentation: "")
    return lines.joined(separator: "\n")
  }

  private func add(to lines: inout [String], indentation: String) {
    var header = indentation + "* " + subject.words
    switch omission {
    case .shownBefore: header += " (shown above)"
    case .tooDeep: header += " (its awaiters are not shown)"
    case nil: break
    }
    lines.append(header)
    if !frames.isEmpty {
      lines.append(indentation + "  + Call stack:")
      for frame in frames { lines.append(indentation + "  |   \(frame)") }
    }
    if !awaitedBy.isEmpty {
      lines.append(indentation + "  + Awaited by:")
      for awaiter in awaitedBy { awaiter.add(to: &lines, indentation: indentation + "    ") }
    }
  }
}

extension CallGraph.Subject {
  /// `Task 7 'fetch'`, `Future 3 'gate'`, `Future 4`.
  fileprivate var words: String {
    switch self {
    case .task(let id, let name): "Task \(id) '\(name.excerpt(60))'"
    case .future(let number, let label):
      label.isEmpty ? "Future \(number)" : "Future \(number) '\(label.excerpt(60))'"
    }
  }
}

/// Returns the picture of the current task as text; empty in a plain callback.
///
/// See `captureCallGraph(depth:limit:)`. Mirrors `asyncio.format_call_graph()`.
///
/// - Throws: `RunnerError.noRunningLoop` where no loop runs.
public func formatCallGraph(
  depth: Int = 100, limit: Int? = nil, fileID: String = #fileID, line: Int = #line,
  function: String = #function
) throws -> String {
  try captureCallGraph(
    depth: depth, limit: limit, fileID: fileID, line: line, function: function)?.text ?? ""
}

/// Prints the picture of the current task to standard output.
///
/// See `captureCallGraph(depth:limit:)`. Mirrors `asyncio.print_call_graph()`.
///
/// - Throws: `RunnerError.noRunningLoop` where no loop runs.
public func printCallGraph(
  depth: Int = 100, limit: Int? = nil, fileID: String = #fileID, line: Int = #line,
  function: String = #function
) throws {
  print(
    try formatCallGraph(
      depth: depth, limit: limit, fileID: fileID, line: line, function: function))
}
