/// Reads what the compiler writes, in the style that it calls `llvm`.
///
/// A header, `cell-6:2:3: error: …`, is followed by the source line, a line of marks, and one with what
/// would be put there, if anything.
enum DiagnosticParser {
  /// A diagnostic as it stands in the compiler's output, notes beside errors.
  static func parse(_ output: String) -> [CompilerDiagnostic] {
    var diagnostics: [CompilerDiagnostic] = []
    var excerpt: [Substring] = []
    func finish() {
      guard !diagnostics.isEmpty else { return }
      let index = diagnostics.count - 1
      if excerpt.count > 1, isMarks(excerpt[1]) {
        diagnostics[index].sourceLine = String(excerpt[0])
        diagnostics[index].marks = String(excerpt[1])
        if excerpt.count > 2 { diagnostics[index].fix = fix(excerpt[2]) }
      }
      excerpt = []
    }
    for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
      if let header = header(line) {
        finish()
        diagnostics.append(header)
      } else {
        excerpt.append(line)
      }
    }
    finish()
    return diagnostics
  }

  /// A line without the space at its end, unless it is nothing else, and without an editor's marks.
  private static func fix(_ line: Substring) -> String? {
    guard let end = line.lastIndex(where: { $0 != " " }) else { return nil }
    return String(line[...end]).replacing("<#", with: "").replacing("#>", with: "")
  }

  private static func isMarks(_ line: Substring) -> Bool {
    line.contains("^") && line.allSatisfy { " ^~\t".contains($0) }
  }

  private static func header(_ line: Substring) -> CompilerDiagnostic? {
    for severity in [CompilerDiagnostic.Severity.error, .warning, .note, .remark] {
      guard let found = line.firstRange(of: ": \(severity.rawValue): ") else { continue }
      let message = withoutCategory(line[found.upperBound...])
      let numbers = line[..<found.lowerBound].split(
        separator: ":", omittingEmptySubsequences: false)
      if numbers.count >= 3, let column = Int(numbers[numbers.count - 1]),
        let row = Int(numbers[numbers.count - 2])
      {
        let name = numbers.dropLast(2).joined(separator: ":")
        return CompilerDiagnostic(
          severity, message,
          place: CompilerDiagnostic.Place(source: name, line: row, column: column))
      }
      if line.hasPrefix("<unknown>:0:") { return CompilerDiagnostic(severity, message) }
    }
    return nil
  }

  /// Drops `[#StrictMemorySafety]` and the like from the end.
  private static func withoutCategory(_ message: Substring) -> String {
    var message = message
    if message.hasSuffix("]"), let start = message.firstRange(of: " [#")?.lowerBound {
      message = message[..<start]
    }
    while message.last == " " { message.removeLast() }
    return String(message)
  }
}

extension Substring {
  /// Where a text occurs first.
  fileprivate func firstRange(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<(index(start, offsetBy: text.count))
      }
      start = index(after: start)
    }
    return nil
  }
}
