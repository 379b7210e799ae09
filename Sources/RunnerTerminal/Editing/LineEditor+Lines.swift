internal import RunnerShell

/// Lines within an input: begun, indented, left.
extension LineEditor {
  /// Hands the input over if it is whole, wherever the cursor stands in it; else begins another line.
  func enter(_ text: LineText) -> EditLine.CommandResult {
    guard assistant?.isComplete(text.string) ?? true else {
      // vi's command mode knows no place behind the line.
      return editLine.isInCommandMode ? insert(vi: "o", text) : startLine(at: text)
    }
    leaveLine(text)
    result = .line(text.input)
    return .acceptLine
  }

  /// Begins another line at the cursor; what is pasted brings its own indentation.
  ///
  /// What stands behind the cursor goes into the new line, without the blanks that it begins with there.
  func startLine(at text: LineText, byKey: Bool = false) -> EditLine.CommandResult {
    guard byKey || !input.hasMore else {
      ownIndentation = 0..<0
      return insert("\n")
    }
    let rest = text.scalars[text.cursor..<text.lineEnd]
    let word = rest.firstIndex { !LineText.isBlank($0) } ?? text.lineEnd
    let closes = word < text.lineEnd && Self.closing.contains(text.scalars[word])
    let depth = indentation(after: text.scalars[..<text.cursor])
    let blanks = closes ? max(0, depth - 2) : depth
    _ = delete(from: text.cursor, upTo: word)
    ownIndentation = text.cursor + 1..<text.cursor + 1 + blanks
    return insert("\n" + String(repeating: " ", count: blanks))
  }

  /// Takes blanks from a line whose first character will be a closing bracket.
  func outdent(_ text: LineText) -> EditLine.CommandResult {
    let start = text.lineStart
    let wanted = max(0, indentation(after: text.scalars[..<start].dropLast()) - 2)
    guard start + wanted < text.cursor else { return .moved }
    return delete(from: start + wanted, upTo: text.cursor)
  }

  /// Cuts what stands between the cursor and a place; `noteChange` keeps it for the next yank.
  func kill(upTo place: Int, _ text: LineText) -> EditLine.CommandResult {
    delete(from: min(place, text.cursor), upTo: max(place, text.cursor))
  }

  /// Whether a person types a closing bracket at the beginning of a further line: what is pasted brings its
  /// own indentation, unless it comes right behind the one that the editor has given.
  func closes(_ scalar: Unicode.Scalar) -> Bool {
    guard Self.closing.contains(scalar), !editLine.isVi else { return false }
    let text = editLine.text
    guard text.lineStart > 0, text.lineStart < text.cursor, text.isCursorInIndentation else {
      return false
    }
    return !input.hasMore || text.lineStart..<text.cursor == ownIndentation
  }

  private static let closing: Set<Unicode.Scalar> = ["}", "]", ")"]

  func indentation(after scalars: ArraySlice<Unicode.Scalar>) -> Int {
    // More may be closed than was open.
    max(0, assistant?.indentation(after: Graphemes.string(scalars)) ?? 0)
  }
}
