/// Leaves of what the compiler says what helps, and says it of a cell.
enum DiagnosticTidying {
  /// How many notes of a diagnostic are shown.
  private static let noteLimit = 3

  /// The diagnostics, each once and with its useful notes.
  static func tidy(_ diagnostics: [CompilerDiagnostic]) -> [CompilerDiagnostic] {
    // An error without a place is what follows from one that has a place.
    let hasPlaces = diagnostics.contains { $0.severity == .error && $0.place != nil }
    let told = diagnostics.filter { !hasPlaces || $0.severity != .error || $0.place != nil }
    return merged(told).map(tidy)
  }

  /// What is said of a value that the cell would show and whose type nothing tells.
  static let unknownType = "the type of this value is not known; write it too, as in 'nil as Int?'"

  // MARK: try and await

  private static let missingTry = " can throw but is not marked with 'try'"
  private static let missingAwait = "expression is 'async' but is not marked with 'await'"

  /// What lacks both is one complaint.
  private static func merged(_ diagnostics: [CompilerDiagnostic]) -> [CompilerDiagnostic] {
    var merged: [CompilerDiagnostic] = []
    for diagnostic in diagnostics {
      if let last = merged.last, last.place != nil, last.place == diagnostic.place,
        last.message.hasSuffix(missingTry), diagnostic.message == missingAwait
      {
        var both = last
        both.message =
          last.message.dropLast(missingTry.count)
          + " is 'async' and can throw but is not marked with 'try await'"
        both.fix = fix("try await", under: last)
        both.notes = []
        merged[merged.count - 1] = both
      } else {
        merged.append(diagnostic)
      }
    }
    return merged
  }

  private static func fix(_ words: String, under diagnostic: CompilerDiagnostic) -> String? {
    diagnostic.marks.map { $0.prefix { $0 != "^" } + words }
  }

  // MARK: One diagnostic

  private static func tidy(_ diagnostic: CompilerDiagnostic) -> CompilerDiagnostic {
    var tidied = diagnostic
    if diagnostic.message.hasSuffix(missingTry) {
      // 'try?' and 'try!' hide errors: whoever wants that knows it.
      tidied.fix = fix("try", under: diagnostic)
      tidied.notes = []
    }
    tidied.fix = tidied.fix.map(withoutGaps)
    if diagnostic.message == unknownType { tidied.notes = [] }
    var told: Set<String> = []
    let notes = tidied.notes.filter { isUseful($0) && told.insert($0.text).inserted }
    tidied.notes = notes.prefix(noteLimit).map { note in
      var note = note
      note.fix = note.fix.map(withoutGaps)
      if note.place == tidied.place {
        // The line stands there already.
        (note.place, note.sourceLine, note.marks) = (nil, nil, nil)
      }
      return note
    }
    tidied.notes += hiddenTypes(in: diagnostic.message).map { CompilerDiagnostic(.note, $0) }
    return tidied
  }

  private static func isUseful(_ note: CompilerDiagnostic) -> Bool {
    if note.message.hasPrefix("call is 'async'") { return false }
    if note.message.hasPrefix("property access is 'async'") { return false }
    let isElsewhere = [" declared here", " explicitly marked unavailable here"]
      .contains { note.message.hasSuffix($0) }
    return note.place != nil || !isElsewhere
  }

  /// What is put before and behind a text has a gap for that text: `Int(   )` becomes `Int(…)`.
  private static func withoutGaps(_ fix: String) -> String {
    guard let open = fix.firstIndex(of: "("), fix[open...].hasPrefix("( ") else { return fix }
    let rest = fix[fix.index(after: open)...].drop { $0 == " " }
    return fix[...open] + (rest.hasPrefix(")") ? "…" : "… ") + rest
  }

  /// Says of types of one name which is which.
  private static func hiddenTypes(in message: String) -> [String] {
    var cells: [Substring: [Int]] = [:]
    for match in message.matches(of: #/\bCell(\d+)\.(\w+)/#) {
      guard let cell = Int(match.1), cells[match.2]?.contains(cell) != true else { continue }
      cells[match.2, default: []].append(cell)
    }
    return cells.sorted { $0.key < $1.key }.compactMap { name, cells in
      guard cells.count > 1, let oldest = cells.min(), let newest = cells.max() else { return nil }
      return
        "cell \(newest) declared '\(name)' again; 'Cell\(oldest).\(name)' is that of cell \(oldest)"
    }
  }
}
