internal import RunnerShell

extension LineEditor {
  func run(_ key: EditorKey) -> EditLine.CommandResult {
    let text = editLine.text
    switch key {
    case .enter: return enter(text)
    case .altEnter: return startLine(at: text)
    case .outdent: return outdent(text)
    case .text: return input.takeText().map { insert($0) } ?? .refused
    case .tab: return complete(text, +1)
    case .shiftTab: return complete(text, -1)
    case .search, .searchForward: return searchHistory(from: text)
    case .up: return goUp(text)
    case .down: return goDown(text)
    case .left: return move(to: text.previous)
    case .right: return suggestedRest(of: text).map(take(suggested:)) ?? move(to: text.next)
    case .home: return move(to: text.lineStart)
    case .end: return suggestedRest(of: text).map(take(suggested:)) ?? move(to: text.lineEnd)
    case .openBelow: return startLine(at: text, byKey: true)
    case .openAbove: return openAbove(text)
    case .putLines: return putLines(text)
    case .firstNonBlank: return move(to: text.indentationEnd)
    case .textStart: return move(to: 0)
    case .textEnd: return move(to: text.scalars.count)
    case .killLineEnd: return kill(upTo: text.isCursorAtLineEnd ? text.next : text.lineEnd, text)
    case .killLineStart:
      return kill(upTo: text.isCursorAtLineStart ? text.previous : text.lineStart, text)
    case .wordLeft: return pressMeta("b")
    case .wordRight: return takeSuggestedWord(text) ?? pressMeta("f")
    case .suggestedWord: return takeSuggestedWord(text) ?? .refused
    case .backspace: return delete(from: text.previous, upTo: text.cursor)
    case .delete: return delete(from: text.cursor, upTo: text.next)
    case .endOfFile: return endOfFile(text)
    case .clear: return clearScreen()
    case .lastArgument: return takeLastArgument(text)
    case .undo: return undo(text)
    case .yank: return yank()
    }
  }

  private func endOfFile(_ text: LineText) -> EditLine.CommandResult {
    guard text.isEmpty else { return delete(from: text.cursor, upTo: text.next) }
    leaveLine(text)
    result = .endOfInput
    return .acceptLine
  }

  func insert(_ text: String) -> EditLine.CommandResult {
    editLine.insert(text.unicodeScalars)
    return .changed
  }

  /// Goes to a place, in vi's command mode to a character of its line: no cursor stands behind a line there.
  func move(to place: Int) -> EditLine.CommandResult {
    var text = editLine.text
    text.cursor = place
    editLine.move(to: editLine.isInCommandMode ? text.lastPlace : place)
    return .moved
  }

  func delete(from start: Int, upTo end: Int) -> EditLine.CommandResult {
    guard start < end else { return .refused }
    editLine.move(to: end)
    editLine.delete(from: start)
    return .changed
  }

  /// Presses Alt and a letter, which does what the person's key map says.
  private func pressMeta(_ letter: Character) -> EditLine.CommandResult {
    editLine.push("\u{1B}\(letter)")
    return .normal
  }

  private func clearScreen() -> EditLine.CommandResult {
    terminal.write("\u{1B}[H\u{1B}[2J")
    renderer.forget()
    return .changed
  }

  // MARK: - History

  private func take(suggested rest: ArraySlice<Unicode.Scalar>) -> EditLine.CommandResult {
    editLine.insert(rest)
    return .changed
  }

  private func takeSuggestedWord(_ text: LineText) -> EditLine.CommandResult? {
    suggestedRest(of: text).map { take(suggested: HistorySuggestion.firstWord(of: $0)) }
  }

  private func goUp(_ text: LineText) -> EditLine.CommandResult {
    text.above.map { move(to: $0) } ?? walk(-1, text)
  }

  private func goDown(_ text: LineText) -> EditLine.CommandResult {
    text.below.map { move(to: $0) } ?? walk(+1, text)
  }

  func walk(_ offset: Int, _ text: LineText) -> EditLine.CommandResult {
    guard let entry = walk.step(offset, from: text.scalars) else { return .refused }
    editLine.replace(with: LineText(scalars: entry, cursor: entry.count))
    return .changed
  }

  private func takeLastArgument(_ text: LineText) -> EditLine.CommandResult {
    let taken = lastArgument ?? LastArgument(before: history.entries.count, start: text.cursor)
    guard let next = taken.next(in: history.entries) else { return .refused }
    lastArgument = next.place
    _ = delete(from: taken.start, upTo: text.cursor)
    return insert(next.word)
  }

  private func searchHistory(from text: LineText) -> EditLine.CommandResult {
    var current = HistorySearch(history.entries, original: text)
    defer { search = nil }
    while true {
      search = current
      guard let code = editLine.readKey() else { return .normal }
      switch current.take(code) {
      case .goOn: continue
      case .cancel: return .changed
      case .accept:
        if let found = current.found {
          walk.jump(to: found, from: text.scalars)
          editLine.replace(with: current.shown)
        }
        if code != 0x1B { editLine.push(code: code) }
        return .changed
      }
    }
  }

  // MARK: - Completion

  private func complete(_ text: LineText, _ offset: Int) -> EditLine.CommandResult {
    if let candidate = menu?.step(offset), let start = menu?.start {
      editLine.delete(from: start)
      return insert(candidate)
    }
    guard let completionDesk else { return .refused }
    guard let completions = completionDesk.completions(of: text.string, at: text.cursor) else {
      return .normal  // they may come later
    }
    guard !completions.candidates.isEmpty, (0...text.cursor).contains(completions.start)
    else { return .refused }
    let new = CompletionMenu(completions)
    let word = Graphemes.string(text.scalars[completions.start..<text.cursor])
    let isOnly = completions.candidates.count == 1
    if !isOnly { menu = new }
    guard isOnly || (new.commonPrefix.hasPrefix(word) && new.commonPrefix != word) else {
      return .changed
    }
    editLine.delete(from: completions.start)
    return insert(new.commonPrefix)
  }
}
