internal import CEditLine
internal import Foundation

/// Carries output from any thread to the terminal, or to the editor while a line is being edited.
///
/// Rules:
/// 1. `state` is touched under `condition` only.
/// 2. Nobody writes to the terminal while holding `condition`: a terminal can block for ever (Ctrl-S).
/// 3. Only the state's owner writes to the terminal, so order is kept and nothing is torn.
/// 4. In a line with a status the terminal does not show what is typed: the next line that is edited does. The state's owner
///    switches that.
/// 5. A writer returns when its bytes are out, or at once when an editor will show them, unless the queue is full.
final class OutputQueue: @unchecked Sendable {
  private let condition = NSCondition()
  private var state: OutputState
  private let terminal: Terminal
  private let wakeEditor: @Sendable () -> Void
  private let noteLoss: @Sendable () -> Void
  private var hasSwitchedEchoOff = false
  private var losesOutput = false

  /// Creates an empty queue.
  ///
  /// - Parameters:
  ///   - terminal: Where everything goes.
  ///   - sanitizes: Whether what acts on a terminal is taken out.
  ///   - wakeEditor: Tells the editor that there is something to take.
  ///   - noteLoss: Called once, when something cannot be written.
  init(
    terminal: Terminal, sanitizes: Bool = false, wakeEditor: @escaping @Sendable () -> Void = {},
    noteLoss: @escaping @Sendable () -> Void = {}
  ) {
    self.noteLoss = noteLoss
    state = OutputState(sanitizes: sanitizes)
    self.terminal = terminal
    self.wakeEditor = wakeEditor
  }

  /// Writes bytes, or hands them to the editor; waits while the queue is full.
  ///
  /// With `onOwnLine`, a line of output that has no end is ended first.
  func write(_ bytes: [UInt8], onOwnLine: Bool = false) {
    guard !bytes.isEmpty else { return }
    condition.lock()
    while state.isFull { condition.wait() }
    let ticket = state.append(bytes, onOwnLine: onOwnLine)
    while !state.isDone(ticket) {
      if state.becomeWriter() {
        drain()
      } else {
        condition.wait()
      }
    }
    let isForEditor = state.owner == .editor
    condition.unlock()
    if isForEditor { wakeEditor() }
  }

  /// Whether something could not be written.
  var hasLostOutput: Bool { condition.withLock { losesOutput } }

  /// Notes that a person has ended the line that the terminal showed.
  func lineWasEntered() { condition.withLock { state.lineWasEntered() } }

  /// Shows a text in the line where the next output goes or in the one below, or takes it away; any output
  /// takes it away.
  ///
  /// Shows nothing at a moment when somebody else writes or edits, or in the middle of a line of output.
  func showStatus(_ text: String?, _ place: OutputState.Place = .inLine) {
    condition.withLock {
      guard let bytes = state.beginStatus(text, place) else { return }
      let hidesTyping = state.status == .inLine
      condition.unlock()
      setEcho(!hidesTyping)
      terminal.write(bytes)
      condition.lock()
      drain()
    }
  }

  /// Takes the terminal for editing; returns whether the cursor is known to be at a line's start.
  func beginEditing() -> Bool {
    condition.lock()
    while !state.becomeEditor() { condition.wait() }
    condition.broadcast()
    let end = state.takeEnd()
    let isAtLineStart = state.endsAtLineStart
    condition.unlock()
    setEcho(true)
    if !end.isEmpty { terminal.write(end) }
    return isAtLineStart
  }

  /// Gives the editor the output that came since the last time, and room to the writers.
  func takeForEditor() -> [UInt8] {
    condition.withLock {
      defer { condition.broadcast() }
      return state.takeForEditor()
    }
  }

  /// Gives the terminal back and writes what came meanwhile, after output that was kept.
  func endEditing(kept: [UInt8] = []) {
    condition.lock()
    state.endEditing()
    state.giveBack(kept)
    if state.becomeWriter() { drain() }
    condition.broadcast()
    condition.unlock()
  }

  /// Writes until the queue is empty; called with the lock held, which is open during each write.
  private func drain() {
    while let bytes = state.nextForWriter() {
      condition.broadcast()
      condition.unlock()
      setEcho(true)
      let isWritten = terminal.write(bytes)
      condition.lock()
      if !isWritten, !losesOutput {
        losesOutput = true
        condition.unlock()
        noteLoss()
        condition.lock()
      }
    }
    condition.broadcast()
  }

  /// Lets the terminal show what is typed, or not; a crash meanwhile leaves it as it was.
  private func setEcho(_ isOn: Bool) {
    guard hasSwitchedEchoOff == isOn else { return }
    if isOn { cedit_crash_guard_arm(false) }
    hasSwitchedEchoOff = cedit_set_echo(terminal.input, isOn) && !isOn
    if !isOn { cedit_crash_guard_arm(hasSwitchedEchoOff) }
  }
}
