/// Undoing and killing with emacs's keys; vi has its own.
extension LineEditor {
  /// Notes the line as it is before a key, and what the key before has killed.
  func noteChange(before key: Key) {
    let follows = kills.isOpen
    let binding = killingBinding(of: key)
    let step = step(of: key)
    let isRun = input.hasMore && step != .other
    let needsNote = changes.needsNote(before: step, isRun: isRun)
    if follows || binding != nil || needsNote {
      let text = editLine.text
      kills.close(text)
      if needsNote { changes.note(text) }
      kills.begin(binding, text, follows: follows)
    }
    changes.begin(step)
  }

  /// What a key is bound to that can be a command of libedit that kills.
  private func killingBinding(of key: Key) -> String? {
    switch key {
    case .character(let scalar) where scalar.value == 0x7F: binding(named: "^?")
    case .character(let scalar) where (1..<0x20).contains(scalar.value):
      switch ownedControls[scalar] {
      case .killLineEnd, .killLineStart: KillChain.ownKill
      case nil: binding(named: "^\(Character(Unicode.Scalar(UInt8(scalar.value) | 0x40)))")
      default: nil
      }
    case .meta(let scalar)
    where scalar.properties.isAlphabetic || scalar.value == 0x7F || scalar.value == 8:
      scalar.isASCII ? binding(of: String(scalar)) : nil
    case .function(_, let sequence): binding(of: sequence)
    default: nil
    }
  }

  private func step(of key: Key) -> UndoHistory.Step {
    guard case .character(let scalar) = key else { return .other }
    switch scalar {
    case "\r", "\n", "\t": return input.hasMore ? .blank : .other
    case " ": return .blank
    default: return scalar.value < 0x20 || scalar.value == 0x7F ? .other : .word
    }
  }

  func undo(_ text: LineText) -> EditLine.CommandResult {
    guard let state = changes.undo(from: text) else { return .refused }
    editLine.replace(with: state)
    return .changed
  }

  /// Brings all that was killed without a pause; libedit has what was killed last.
  func yank() -> EditLine.CommandResult {
    guard let killed = kills.joined else {
      editLine.push("\u{19}")
      return .normal
    }
    editLine.insert(killed)
    return .changed
  }
}
