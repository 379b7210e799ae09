/// Turns what the compiler says of the generated file into what concerns the person who typed the cell.
struct DiagnosticCleaner {
  private let source: CellSource
  private let cell: GeneratedCell

  init(source: CellSource, cell: GeneratedCell) {
    self.source = source
    self.cell = cell
  }

  /// The diagnostics of the user's own lines, with the notes that belong to them.
  func clean(_ output: String) -> [CompilerDiagnostic] {
    var cleaned: [CompilerDiagnostic] = []
    var isDropping = false
    for diagnostic in DiagnosticParser.parse(output) {
      if diagnostic.severity == .note {
        if isDropping || namesGenerated(diagnostic.message) { continue }
        guard !cleaned.isEmpty else { continue }
        if isOfCellBody(diagnostic) {
          cleaned[cleaned.count - 1].message = "a cell returns nothing; write the value alone"
          continue
        }
        cleaned[cleaned.count - 1].notes.append(placed(diagnostic))
        continue
      }
      isDropping = isOurs(diagnostic) || cleaned.contains { isSame($0, diagnostic) }
      if !isDropping { cleaned.append(placed(diagnostic)) }
    }
    return DiagnosticTidying.tidy(
      cleaned.enumerated().sorted { Self.key($0) < Self.key($1) }.map(\.element))
  }

  /// In the order of the text.
  private static func key(
    _ entry: (offset: Int, element: CompilerDiagnostic)
  ) -> (Int, Int, Int) {
    (entry.element.place?.line ?? 0, entry.element.place?.column ?? 0, entry.offset)
  }

  /// Whether it is about code that the user has not written.
  private func isOurs(_ diagnostic: CompilerDiagnostic) -> Bool {
    if namesGenerated(diagnostic.message) || GatheredCalls.isOurs(diagnostic, in: source) {
      return true
    }
    guard diagnostic.place?.source == source.name else { return true }
    if isOwnConformance(diagnostic) { return true }
    if diagnostic.severity == .warning, diagnostic.message.hasPrefix("variable '"),
      diagnostic.message.contains("was never mutated")
    {
      return cell.variables.contains { diagnostic.message.hasPrefix("variable '\($0)'") }
    }
    return false
  }

  /// Whether it warns of a conformance in which the type or the protocol is the person's own: the two cells
  /// are two modules only for the compiler.
  private func isOwnConformance(_ diagnostic: CompilerDiagnostic) -> Bool {
    let start = "extension declares a conformance of imported type '"
    guard diagnostic.severity == .warning, diagnostic.message.hasPrefix(start) else { return false }
    let words = diagnostic.message.split(separator: "'", omittingEmptySubsequences: false)
    return [1, 3].contains { index in
      guard words.indices.contains(index) else { return false }
      let name = words[index].split(separator: ".").last.map(String.init) ?? ""
      return cell.types.contains(name)
    }
  }

  private func namesGenerated(_ message: String) -> Bool {
    message.contains("_cell_") || message.contains("RunnerCellRuntime")
  }

  /// Whether the compiler would have the function changed that the cell's statements have become.
  private func isOfCellBody(_ note: CompilerDiagnostic) -> Bool {
    note.message == "did you mean to add a return type?" && note.fix == nil
  }

  private func isSame(_ first: CompilerDiagnostic, _ second: CompilerDiagnostic) -> Bool {
    first.severity == second.severity && first.message == second.message
      && first.place == second.place
  }

  /// The `async let` that the compiler finds unused: at the prompt it was meant for the next cell.
  private func unusedAsyncLet(_ diagnostic: CompilerDiagnostic) -> String? {
    guard diagnostic.severity == .warning, diagnostic.message.contains("never used") else {
      return nil
    }
    return cell.asyncLets.first { diagnostic.message.contains("'\($0)'") }
  }

  /// A value whose type is opaque cannot be kept in a variable of a module; swift's words name our variable.
  private static func opaqueType(in message: String) -> String? {
    let start = "property definition has inferred type 'CellSlot<"
    guard message.hasPrefix(start), let end = message.firstRange(of: ">', involving the 'some'")
    else {
      return nil
    }
    return String(
      message[message.index(message.startIndex, offsetBy: start.count)..<end.lowerBound])
  }

  /// With the user's line instead of the generated one; without a place outside of the cells.
  private func placed(_ diagnostic: CompilerDiagnostic) -> CompilerDiagnostic {
    var placed = diagnostic
    if let name = unusedAsyncLet(diagnostic) {
      placed.message =
        "'\(name)' ends with this cell, and its task is cancelled then; await it in the same cell, or"
        + " make a task that goes on: let \(name) = Task { … }"
      placed.fix = nil
    }
    if let type = Self.opaqueType(in: diagnostic.message) {
      let open = type.replacing("some ", with: "any ")
      placed.message =
        "a value of the opaque type '\(type)' cannot last longer than its cell; give it a type, as in"
        + " 'let value: \(open) = …', or make a collection of it"
    }
    guard let place = diagnostic.place, place.source == source.name,
      let line = source.line(place.line)
    else {
      placed.place = nil
      placed.sourceLine = nil
      placed.marks = nil
      placed.fix = nil
      return placed
    }
    if let shift = cell.shift, shift.line == place.line, shift.column <= place.column {
      placed.place?.column -= shift.distance
      placed.marks = nil
    }
    if place.column > line.utf8.count + 1 {
      // It is about what stands around the line.
      let start = line.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
      placed.place?.column = start + 1
      placed.marks = nil
      if diagnostic.message.hasPrefix("generic parameter '") {
        placed.message = DiagnosticTidying.unknownType
      }
    }
    let column = placed.place?.column ?? place.column
    let isPlain = line.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    placed.sourceLine = line
    if !isPlain || placed.marks == nil {
      placed.fix = nil
      placed.marks = Self.caret(under: line, column: column)
    }
    CellInsertion.remove(source.insertions, from: &placed)
    return placed
  }

  /// A caret under a byte of a line that is not plain ASCII.
  static func caret(under line: String, column: Int) -> String {
    let start = String(decoding: line.utf8.prefix(max(0, column - 1)), as: UTF8.self)
    let space = start.map { character -> String in
      if character == "\t" { return "\t" }
      let isWide = character.unicodeScalars.contains {
        $0.properties.isEmojiPresentation || (0x1100...0x115F).contains($0.value)
          || (0x2E80...0xA4CF).contains($0.value) || (0xAC00...0xD7A3).contains($0.value)
          || (0xF900...0xFAFF).contains($0.value) || (0xFF00...0xFF60).contains($0.value)
      }
      return isWide ? "  " : " "
    }
    return space.joined() + "^"
  }
}
