internal import CEditLine
internal import RunnerShell

extension LineEditor {
  private static let bytesAtOnce = 4096

  func nextCharacter() -> EditLine.Input {
    if !hasBegun { begin() }
    vi.count = nil
    vi.hasRepeated = false
    while true {
      if let result {
        if case .interrupted = result { return .interrupted }
        return .endOfInput
      }
      if let code = input.nextCode() { return .character(code) }
      if let key = input.nextKey() { take(key) } else { wait() }
    }
  }

  /// Waits for a key or for another thread; paints first if there is nothing else to do.
  private func wait() {
    let descriptors = [terminal.input, wakePipe.descriptor]
    var ready = Waiting.anyInput(descriptors, milliseconds: 0)
    if ready.isEmpty {
      paint()
      tellOfTyping()
      ready = Waiting.anyInput(descriptors, milliseconds: patience)
    }
    if ready.isEmpty { input.giveUpWaiting() }
    if ready.contains(wakePipe.descriptor) { answerOtherThreads() }
    guard ready.contains(terminal.input), result == nil else { return }
    let bytes = terminal.read(upTo: Self.bytesAtOnce)
    if bytes.isEmpty {
      leaveLine(editLine.text)
      result = .endOfInput
    }
    input.add(bytes: bytes)
  }

  /// Tells the assistant when a line has begun that somebody has yet to end.
  private func tellOfTyping() {
    guard !hasToldOfTyping, !editLine.text.isEmpty else { return }
    hasToldOfTyping = true
    assistant?.typingBegan()
  }

  /// How long the rest of a half-read key may take, in milliseconds.
  var patience: Int32 {
    switch input.pending {
    case .nothing: -1
    case .escape: escapePatience
    case .character: 100
    case .paste: 2000
    }
  }

  /// Turns a key into the codes that libedit reads.
  private func take(_ key: Key) {
    if menu != nil, !isTab(key) { menu = nil }
    if key != .meta(".") { lastArgument = nil }
    if search == nil, !editLine.isVi { noteChange(before: key) }
    switch key {
    case .character(let scalar): take(scalar)
    case .escape: input.add(code: 0x1B)
    case .meta("f") where takesSuggestedWords && suggestedRest(of: editLine.text) != nil:
      input.add(code: EditorKey.suggestedWord.rawValue)
    case .meta(let scalar):
      if let key = metaKey(of: scalar) { return input.add(code: key.rawValue) }
      input.add(code: 0x1B)
      if scalar.value != 0 { input.add(code: scalar.value) }
    case .paste(let text): input.add(text: text)
    case .function(let key, let sequence): take(key, sequence)
    }
  }

  private func take(_ scalar: Unicode.Scalar) {
    switch signalKeys.action(of: scalar) {
    case .interrupt: return interruptLine()
    case .suspend: return suspendProcess()
    case .quit: return quitProcess()
    case nil: break
    }
    let isQuoted = input.takeQuoting(before: scalar)
    if !isQuoted, !input.takeLeading(before: scalar, isSequence), let key = ownedControls[scalar] {
      switch key {
      case .tab where input.hasMore && editLine.text.isCursorInIndentation:
        return input.add(text: "\t")  // the indentation of something pasted
      // vi's own have a meaning in each of its modes.
      case .backspace where editLine.isVi, .undo where editLine.isVi, .yank where editLine.isVi:
        break
      default: return input.add(code: key.rawValue)
      }
    }
    if !isQuoted, search == nil, closes(scalar) { input.add(code: EditorKey.outdent.rawValue) }
    switch scalar.value {
    case 0: break  // would end the line's text
    // libedit's own insertion would miscount these.
    case 0x80... where cedit_width(scalar.value) == 0: input.add(text: String(scalar))
    default: input.add(code: scalar.value)
    }
  }

  /// Whether Ctrl-X and a character are a sequence that libedit knows.
  private func isSequence(_ scalar: Unicode.Scalar) -> Bool {
    guard search == nil, !editLine.isVi, scalar.value < 0x20 else { return false }
    let letter = Character(Unicode.Scalar(UInt8(scalar.value) | 0x40))
    return binding(named: "^X^\(letter)") != nil
  }

  private func take(_ key: FunctionKey?, _ sequence: String) {
    if isBoundByUser(sequence, key) {
      input.add(code: 0x1B)
      for scalar in sequence.unicodeScalars { input.add(code: scalar.value) }
    } else if let key = key.flatMap(EditorKey.init) {
      input.add(code: key.rawValue)
    }
    // An unknown key does nothing: libedit would insert the end of its sequence.
  }

  /// Whether the person's `.editrc` gives a sequence a command that is not libedit's own choice for the key.
  private func isBoundByUser(_ sequence: String, _ key: FunctionKey?) -> Bool {
    guard let binding = binding(of: sequence) else { return false }
    let defaults = [
      "ed-prev-history", "ed-next-history", "ed-next-char", "ed-prev-char", "ed-move-to-beg",
      "ed-move-to-end", "ed-delete-next-char",
    ]
    return key == nil || !defaults.contains { binding.contains($0) }
  }

  /// Whether Alt-F means the next word, and not what the person's `.editrc` says.
  private var takesSuggestedWords: Bool {
    search == nil && !editLine.isVi && binding(of: "f")?.contains("em-next-word") ?? false
  }

  /// Our key of a character with Alt; vi's keys take a lone Escape and the character.
  private func metaKey(of scalar: Unicode.Scalar) -> EditorKey? {
    guard search == nil, !editLine.isVi, let key = EditorKey.ofMetaKeys[scalar] else { return nil }
    return binding(of: String(Character(scalar))) == nil ? key : nil
  }

  /// The binding of a sequence, which stands here without its ESC.
  func binding(of sequence: String) -> String? { binding(named: "\\033\(sequence)") }

  /// The binding of a key in `bind`'s notation.
  func binding(named key: String) -> String? {
    let binding = knownBindings[key] ?? editLine.binding(of: key)
    knownBindings[key] = .some(binding)
    return binding
  }

  private func isTab(_ key: Key) -> Bool {
    switch key {
    case .character("\t"), .function(.shiftTab, _): true
    default: false
    }
  }
}
