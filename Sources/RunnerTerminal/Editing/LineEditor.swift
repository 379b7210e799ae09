internal import CEditLine
internal import Glibc
internal import RunnerShell

/// Edits lines: reads keys, lets libedit act on them, and paints.
///
/// Everything here happens on one thread. The commands are in `LineEditor+Commands`, input in `LineEditor+Input`, painting in `LineEditor+Painting`, and
/// what other threads ask for in `LineEditor+Events`.
final class LineEditor: EditLineDelegate {
  let terminal: Terminal
  let output: OutputQueue
  let wakePipe: WakePipe
  let mailbox: EditorMailbox
  let editLine: EditLine
  let ownedControls: [Unicode.Scalar: EditorKey]
  let assistant: (any LineAssistant)?
  let completionDesk: CompletionDesk?
  let palette: Palette
  /// How long the rest of a key that begins with Escape may take, in milliseconds; `ESCDELAY`, as elsewhere.
  let escapePatience =
    getenv("ESCDELAY").flatMap { Int32(String(cString: $0)) }.map { min(max($0, 1), 10_000) } ?? 40

  // What outlives a line.
  var history: History
  var input = InputQueue()
  var live = LiveOutput()
  var renderer = Renderer()
  var kills = KillChain()
  var fullScreen = FullScreenRenderer()
  var knownBindings: [String: String?] = [:]

  // The line being edited.
  var result: LineResult?
  var request = LineRequest(prompt: [], continuationPrompt: [])
  /// The prompts to be shown once nothing is typed.
  var nextRequest: LineRequest?
  var signalKeys = SignalKeys()
  var hasBegun = false
  /// Whether the assistant knows that the line is being typed.
  var hasToldOfTyping = false
  var isAtLineStart = true
  /// The blanks that the last further line was begun with.
  var ownIndentation = 0..<0
  var menu: CompletionMenu?
  var search: HistorySearch?
  var walk = HistoryWalk([])
  /// What the key before has put in, if it was Alt-.
  var lastArgument: LastArgument?
  var highlighting = Highlighting()
  var suggestion = HistorySuggestion()
  var changes = UndoHistory()
  var vi = ViState()

  init?(
    program: String, terminal: Terminal, output: OutputQueue, wakePipe: WakePipe,
    mailbox: EditorMailbox, history: History, assistant: (any LineAssistant)?,
    completionDesk: CompletionDesk?, palette: Palette
  ) {
    cedit_use_utf8_locale()
    guard let editLine = EditLine(program: program, terminal: terminal) else { return nil }
    self.terminal = terminal
    self.output = output
    self.wakePipe = wakePipe
    self.mailbox = mailbox
    self.editLine = editLine
    self.assistant = assistant
    self.palette = palette
    self.history = history
    self.completionDesk = completionDesk
    ownedControls = editLine.configure()
    editLine.delegate = self
    editLine.enterHistory(history.entries)
  }

  /// Shows the prompt and edits until the line is accepted, interrupted or at an end.
  func readLine(_ request: LineRequest) -> LineResult {
    self.request = request
    nextRequest = nil
    result = nil
    menu = nil
    search = nil
    walk = HistoryWalk(history.entries)
    lastArgument = nil
    highlighting.forget()
    suggestion.forget()
    changes = UndoHistory()
    vi.repetition = nil
    kills.interrupt()
    hasBegun = false
    hasToldOfTyping = request.isAnswer
    ownIndentation = 0..<0
    // Ctrl-C while something ran is for what was typed ahead, too.
    if mailbox.takeStaleEvents() { input.removeAll() }
    signalKeys = SignalKeys(terminal)
    isAtLineStart = output.beginEditing()
    cedit_crash_guard_arm(true)
    let foreign = editLine.readLine()
    cedit_crash_guard_arm(false)
    let result = result ?? outcome(ofForeignLine: foreign)
    terminal.write(Self.pasteOff)
    output.endEditing()
    if case .line(let text) = result, !request.isAnswer { remember(text) }
    return result
  }

  /// Judges how the line ended when none of our commands ended it.
  private func outcome(ofForeignLine line: [Unicode.Scalar]?) -> LineResult {
    guard var line else {
      leaveLine(LineText(scalars: [], cursor: 0))
      return .endOfInput
    }
    // A user's binding of ed-newline puts the line feed into the line.
    if line.last == "\n" { line.removeLast() }
    let text = LineText(scalars: line, cursor: line.count)
    leaveLine(text)
    return .line(text.input)
  }

  private func remember(_ text: String) {
    let addition = history.add(text)
    guard addition != .refused else { return }
    if addition == .moved { editLine.removeFromHistory(text) }
    editLine.enterHistory([text])
  }
}
