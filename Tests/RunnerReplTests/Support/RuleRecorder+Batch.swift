/// Runs of the program without a terminal.
extension RuleRecorder {
  /// Runs the program with a `-c` for each command, and shows what came.
  func batch(
    arguments: [String] = [], _ commands: [String], environment: [String: String?] = [:]
  ) throws -> Batch.Result {
    let arguments = arguments + commands.flatMap { ["-c", $0] }
    let result = try Batch(arguments, environment: environment).finish()
    let words = arguments.map {
      $0.contains(/[^-a-z0-9\/.A-Z]/) ? "'\($0.replacing("'", with: "'\\''"))'" : $0
    }
    show("runner-repl " + words.joined(separator: " "), result)
    return result
  }

  func batch(_ commands: String..., environment: [String: String?] = [:]) throws -> Batch.Result {
    try batch(commands, environment: environment)
  }

  /// Runs the program with a text in a pipe, and shows what came.
  func pipe(_ text: String) throws -> Batch.Result {
    let result = try Batch([], input: .text(text)).finish()
    let lines = text.split(separator: "\n").joined(separator: "\\n")
    show("printf '\(lines)\\n' | runner-repl", result)
    return result
  }

  private func show(_ command: String, _ result: Batch.Result) {
    var parts = ["$ \(command)\n", result.output]
    if !result.errors.isEmpty { parts.append("--- on standard error\n" + result.errors) }
    parts.append("--- exit status \(result.status)")
    show(parts.joined())
  }
}
