/// vi's command mode in a text of several lines.
///
/// What changes the text is made of libedit's own commands, so that `u`, `.` and `p` know of it.
extension LineEditor {
  private static let mostDigits = 4

  func run(vi key: Unicode.Scalar) -> EditLine.CommandResult {
    let count = vi.count ?? 1
    let text = editLine.text
    switch key {
    case "1"..."9": return readCount(key)
    case "/", "?": return run(.search)
    case "j": return goVertically(+1, count, text)
    case "k": return goVertically(-1, count, text)
    case "+", "-":
      let result = goVertically(key == "+" ? +1 : -1, count, text)
      return result == .refused ? result : move(to: editLine.text.indentationEnd)
    case "h": return move(to: text.going(left: count))
    case "l", " ": return move(to: text.going(right: count))
    case "0": return move(to: text.lineStart)
    case "^": return move(to: text.indentationEnd)
    case "$": return move(to: text.lineEnd)
    case "I", "A", "o", "O": return insert(vi: key, text)
    case "d", "c", "y": return operate(key)
    case "D": return change("d", "$", 1, text)
    case "C": return change("c", "$", 1, text)
    case "Y": return change("y", "$", 1, text)
    case "S": return change("c", "c", count, text)
    case "x": return change("d", "l", count, text)
    case "X": return change("d", "h", count, text)
    case "s": return change("c", "l", count, text)
    case "p" where vi.lines != nil, "P" where vi.lines != nil: return insert(vi: key, text)
    case ".": return repeatChange(text)
    default:
      vi.repetition = nil
      return pass(key)
    }
  }

  /// Leaves a key to libedit, with the count that it has got.
  private func pass(_ key: Unicode.Scalar) -> EditLine.CommandResult {
    editLine.push(ViKeys.pressing(key))
    return .goesOn
  }

  // MARK: - Counts and motions

  private func readCount(_ digit: Unicode.Scalar) -> EditLine.CommandResult {
    guard let (count, next) = readNumber(from: digit) else { return .normal }
    vi.count = count
    let digits = String(count).unicodeScalars.map { ViKeys.pressing($0) }.joined()
    editLine.push(digits)
    editLine.push(code: next)
    return .goesOn
  }

  /// Reads the rest of a number, and the key behind it.
  private func readNumber(from digit: Unicode.Scalar) -> (Int, next: UInt32)? {
    var digits = String(Character(digit))
    while let code = editLine.readKey() {
      guard (0x30...0x39).contains(code), digits.count < Self.mostDigits,
        let scalar = Unicode.Scalar(code)
      else { return Int(digits).map { ($0, code) } }
      digits.unicodeScalars.append(scalar)
    }
    return nil
  }

  /// Goes through the lines of the text; from its first or last one through the history.
  private func goVertically(
    _ offset: Int, _ count: Int, _ text: LineText
  ) -> EditLine.CommandResult {
    let (place, lines) = text.going(lines: offset * count)
    if lines > 0 { return move(to: place.cursor) }
    var result = EditLine.CommandResult.refused
    for _ in 0..<count {
      guard walk(offset, editLine.text) != .refused else { break }
      result = .changed
    }
    return result
  }

  // MARK: - Changes

  /// Reads the motion of an operator.
  private func operate(_ operation: Unicode.Scalar) -> EditLine.CommandResult {
    var count = vi.count
    guard var code = editLine.readKey() else { return .normal }
    if (0x31...0x39).contains(code), let digit = Unicode.Scalar(code) {
      guard let (number, next) = readNumber(from: digit) else { return .normal }
      count = (count ?? 1) * number
      code = next
    }
    if let motion = Unicode.Scalar(code), isOurs(motion) {
      let change = ViChange(operation: operation, motion: motion, count: count ?? 1)
      let text = editLine.text
      if let span = change.span(in: text) { return perform(change, span, text) }
    }
    vi.repetition = nil
    vi.lines = nil
    editLine.push(ViKeys.pressing(operation, count))
    editLine.push(code: code)
    return .normal
  }

  /// Whether a motion has not got another command by the person.
  private func isOurs(_ motion: Unicode.Scalar) -> Bool {
    ["w", "W"].contains(motion) || editLine.ownViKeys.contains(motion)
  }

  private func change(
    _ operation: Unicode.Scalar, _ motion: Unicode.Scalar, _ count: Int, _ text: LineText
  ) -> EditLine.CommandResult {
    let change = ViChange(operation: operation, motion: motion, count: count)
    return change.span(in: text).map { perform(change, $0, text) } ?? .refused
  }

  /// Lets libedit take so many characters, again if it knows what for.
  private func perform(
    _ change: ViChange, _ span: ViChange.Span, _ text: LineText, again: Bool = false
  ) -> EditLine.CommandResult {
    let range = span.range
    if change.operation != "y" { vi.repetition = range.isEmpty ? nil : .change(change) }
    guard !range.isEmpty else {
      guard change.operation == "c", !again else { return .refused }
      editLine.move(to: range.lowerBound)
      editLine.push(ViKeys.pressing("i"))
      return .normal
    }
    vi.lines = span.lines.map(Array.init)
    editLine.move(to: range.lowerBound)
    editLine.push(
      (again
        ? ViKeys.pressing(".", range.count)
        : ViKeys.pressing(change.operation, range.count) + ViKeys.pressing("l"))
        + next(after: change, span, text))
    return .normal
  }

  /// What brings the cursor to its place after a change.
  private func next(
    after change: ViChange, _ span: ViChange.Span, _ text: LineText
  ) -> String {
    let isToLineEnd = span.range.upperBound == text.lineEnd && !text.isLastLine
    switch change.operation {
    case "d" where span.lines != nil: return ViKeys.pressing(.firstNonBlank)
    // The cursor of the command mode stands on a character.
    case "d" where isToLineEnd && span.range.lowerBound > text.lineStart:
      return ViKeys.pressing("h")
    case "y" where span.lines != nil && text.cursor > span.range.lowerBound:
      return ViKeys.pressing("l", text.cursor - span.range.lowerBound)
    default: return ""
    }
  }

  private func repeatChange(_ text: LineText) -> EditLine.CommandResult {
    guard !vi.hasRepeated else { return .refused }
    vi.hasRepeated = true
    switch vi.repetition {
    case .change(let change):
      return change.span(in: text).map { perform(change, $0, text, again: true) } ?? .refused
    // What puts lines is the same each time.
    case .insertion(let key): return insert(vi: key, text, again: key != "p" && key != "P")
    case nil: return pass(".")
    }
  }

  // MARK: - Insertions

  /// Begins an insertion at a place in the cursor's line, or repeats the last one there.
  func insert(vi key: Unicode.Scalar, _ text: LineText, again: Bool = false)
    -> EditLine.CommandResult
  {
    vi.repetition = .insertion(key)
    vi.putsAbove = key == "P"
    let place =
      switch key {
      case "I": text.indentationEnd
      case "O", "P": text.lineStart
      default: text.lineEnd
      }
    let what =
      switch key {
      case "o": ViKeys.pressing(.openBelow)
      case "O": ViKeys.pressing(.openAbove)
      case "p", "P": ViKeys.pressing(.putLines) + ViKeys.pressing("\u{1B}")
      default: ""
      }
    let end = ["p", "P"].contains(key) ? ViKeys.pressing(.firstNonBlank) : ""
    editLine.move(to: place)
    editLine.push((again ? ViKeys.pressing(".") : ViKeys.pressing("i") + what) + end)
    return .normal
  }

  /// Begins an empty line above the cursor's.
  func openAbove(_ text: LineText) -> EditLine.CommandResult {
    editLine.move(to: text.lineStart)
    let blanks = indentation(after: text.scalars[..<text.lineStart].dropLast())
    editLine.insert((String(repeating: " ", count: blanks) + "\n").unicodeScalars)
    editLine.move(to: text.lineStart + blanks)
    return .changed
  }

  /// Puts the lines that were taken last above or below the cursor's.
  func putLines(_ text: LineText) -> EditLine.CommandResult {
    guard let lines = vi.lines else { return .refused }
    editLine.insert(vi.putsAbove ? lines + ["\n"] : ["\n"] + lines)
    if vi.putsAbove { editLine.move(to: text.cursor + lines.count) }
    return .changed
  }
}
