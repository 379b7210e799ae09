package import RunnerCore

/// Writes what the compiler says about a cell.
package enum CellRendering {
  /// Returns the diagnostics with their lines of source, a caret below the place, and what would mend it.
  package static func diagnostics(
    _ diagnostics: [CellDiagnostic], _ spec: RenderSpec
  ) -> [StyledLine] {
    diagnostics.flatMap { lines($0, spec) }
  }

  private static func lines(_ diagnostic: CellDiagnostic, _ spec: RenderSpec) -> [StyledLine] {
    var head: [StyledText] = []
    if let position = diagnostic.position {
      let file = VisibleText.line(position.file, spec)
      head.append(StyledText("\(file):\(position.line):\(position.column): ", .dim))
    }
    head.append(StyledText("\(diagnostic.severity.rawValue): ", style(diagnostic.severity)))
    let message = VisibleText.lines(diagnostic.message, spec)
    head.append(StyledText(message.first ?? "", .bold))
    var lines = [StyledLine(head)] + message.dropFirst().map { StyledLine("  \($0)") }
    if let source = diagnostic.sourceLine, let position = diagnostic.position {
      lines += excerpt(source, position, style(diagnostic.severity), spec)
    }
    lines += diagnostic.fixIts.map { fixIt in
      StyledLine([StyledText("  fix: ", .good), StyledText(VisibleText.line(fixIt, spec))])
    }
    return lines + diagnostic.notes.flatMap { Self.lines($0, spec) }
  }

  private static func style(_ severity: CellDiagnostic.Severity) -> StyledText.Style {
    switch severity {
    case .error: .bad
    case .warning: .warning
    case .note: .accent
    }
  }

  /// Returns the line of source, and a line with the caret below its place.
  private static func excerpt(
    _ source: String, _ position: CellDiagnostic.Position, _ style: StyledText.Style,
    _ spec: RenderSpec
  ) -> [StyledLine] {
    let bytes = Array(source.utf8)
    let column = min(max(position.column - 1, 0), bytes.count)
    let end = min(column + max(position.length, 1), bytes.count)
    // A line of a terminal never breaks inside the source; a byte takes one column at most.
    let room = max(20, (spec.width ?? 180) - 4)
    let first = bytes.count <= room ? 0 : max(0, column - room / 2)
    let last = min(bytes.count, first + room)
    func text(_ range: Range<Int>) -> String {
      visible(String(decoding: bytes[range], as: UTF8.self), spec)
    }
    let mark = spec.glyphs.ellipsis
    let lead = (first > 0 ? mark : "") + text(first..<column)
    let meant = text(column..<max(column, min(end, last)))
    let rest = text(max(column, min(end, last))..<last) + (last < bytes.count ? mark : "")
    let underline = "^" + String(repeating: "~", count: max(0, DisplayWidth.of(meant) - 1))
    return [
      StyledLine("  " + lead + meant + rest),
      StyledLine([
        StyledText("  " + String(repeating: " ", count: DisplayWidth.of(lead))),
        StyledText(underline, style),
      ]),
    ]
  }

  /// Returns source as it may be printed; a tab is two blanks.
  private static func visible(_ text: String, _ spec: RenderSpec) -> String {
    text.split(separator: "\t", omittingEmptySubsequences: false)
      .map { VisibleText.line(String($0), spec) }.joined(separator: "  ")
  }

  /// Returns a name with its value: `total: [Int] = [1, 4]`.
  package static func binding(_ binding: ValueBinding, _ spec: RenderSpec) -> [StyledLine] {
    let lines = VisibleText.lines(binding.value.text, spec)
    let head = [
      StyledText("\(VisibleText.line(binding.name, spec)): "),
      StyledText(VisibleText.line(binding.value.type, spec), .accent),
      StyledText(" = \(lines.first ?? "")"),
    ]
    return [StyledLine(head)] + lines.dropFirst().map { StyledLine($0) }
  }

  /// Returns how long a cell or a run took: `compiled in 0.11 s, ran for 3 ms (CPU 2 ms)`.
  package static func times(
    of job: JobSnapshot, compiledIn compileTime: Duration?, _ spec: RenderSpec
  ) -> StyledLine {
    let compiled = compileTime.map { "compiled in \(DurationStyle.sentence($0, spec)), " } ?? ""
    let busy = job.cpuTime.map { " (CPU \(DurationStyle.sentence($0, spec)))" } ?? ""
    return StyledLine(
      "\(compiled)ran for \(DurationStyle.sentence(job.elapsed, spec))\(busy)", .dim)
  }

  /// Returns a hint when an unknown name in the cell went with a lost worker, is that of a command, is Foundation's,
  /// or is nearly one that is known, and when the cell wants to run a loop within the loop.
  package static func hint(
    _ diagnostics: [CellDiagnostic], commands: [String], lost: Set<String> = [],
    known: [String] = []
  ) -> StyledLine? {
    for diagnostic in diagnostics where diagnostic.severity == .error {
      if isLoopWithinLoop(diagnostic) { return useAwait }
      guard let name = unknownName(diagnostic.message) else { continue }
      if lost.contains(name) {
        return StyledLine(
          "'\(name)' went with the worker that was lost; ':replay' runs its cell again", .dim)
      }
      if let hint = leavingHint(name, diagnostic) { return hint }
      if foundationNames.contains(name) {
        return StyledLine(
          "'\(name)' is a part of Foundation; run this first: import Foundation", .dim)
      }
      if commands.contains(name), isFirstWord(name, diagnostic) {
        return StyledLine("did you mean :\(name)?", .dim)
      }
      // The compiler itself may have thought of one.
      guard !diagnostic.message.contains("did you mean"), name.count > 3 else { continue }
      if let near = NearestName.of(name, in: known.filter { $0 != name }) {
        return StyledLine("did you mean '\(near)'?", .dim)
      }
    }
    return nil
  }

  /// Returns how to leave, where `exit()` or the like was typed for that.
  private static func leavingHint(_ name: String, _ diagnostic: CellDiagnostic) -> StyledLine? {
    if name == "exit" {
      return StyledLine(
        "'quit' or Ctrl-D leaves; Swift's exit ends the worker alone, and needs: import Foundation",
        .dim)
    }
    guard CommandRegistry.leavingWords.union(["q", "quit"]).contains(name),
      diagnostic.sourceLine?.filter({ !"() ".contains($0) }) == name
    else { return nil }
    return StyledLine("'quit' or Ctrl-D leaves", .dim)
  }

  /// Whether the line begins with the name, as a command's would, and not with a call of it.
  private static func isFirstWord(_ name: String, _ diagnostic: CellDiagnostic) -> Bool {
    guard let line = diagnostic.sourceLine?.drop(while: \.isWhitespace), line.hasPrefix(name) else {
      return false
    }
    return line.dropFirst(name.count).first != "("
  }

  /// Returns a hint when a cell wanted to run a loop within the one that it runs on.
  package static func hint(_ error: ErrorSnapshot) -> StyledLine? {
    let complaints = [
      "Runner.run() cannot be called from a running event loop",
      "Cannot run the event loop while another loop is running",
      "This event loop is already running",
    ]
    guard error.type == "RunnerError",
      complaints.contains(where: { error.message.hasPrefix($0) })
    else { return nil }
    return useAwait
  }

  private static let useAwait = StyledLine(
    "at the prompt a runner runs already; write await and the call instead", .dim)

  /// Whether a cell wants to run a loop, and has forgotten the `try` that would have let it try.
  private static func isLoopWithinLoop(_ diagnostic: CellDiagnostic) -> Bool {
    diagnostic.message.hasSuffix("is not marked with 'try'")
      && diagnostic.sourceLine?.contains("Runner.run") == true
  }

  /// What is used often, and is not there without an import.
  private static let foundationNames: Set<String> = [
    "Calendar", "CharacterSet", "Data", "Date", "DateComponents", "DateFormatter", "Decimal",
    "DispatchQueue", "FileHandle", "FileManager", "ISO8601DateFormatter", "IndexPath",
    "JSONDecoder",
    "JSONEncoder", "JSONSerialization", "Locale", "Measurement", "NSError", "NSLock",
    "NSRegularExpression",
    "NSString", "NotificationCenter", "NumberFormatter", "Process", "ProcessInfo", "Pipe", "Thread",
    "TimeInterval", "TimeZone", "Timer", "URL", "URLComponents", "UUID", "UserDefaults",
  ]

  /// Returns `pss` of `cannot find 'pss' in scope`.
  private static func unknownName(_ message: String) -> String? {
    let isUnknown = ["cannot find '", "cannot find type '"].contains { message.hasPrefix($0) }
    guard isUnknown, message.contains("in scope") else { return nil }
    return message.split(separator: "'", maxSplits: 2).dropFirst().first.map(String.init)
  }
}
