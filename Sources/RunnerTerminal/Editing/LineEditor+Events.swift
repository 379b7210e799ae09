internal import CEditLine
internal import Glibc
internal import RunnerShell

extension LineEditor {
  /// Shows output that came, and does what other threads have asked for.
  func answerOtherThreads() {
    wakePipe.drain()
    let bytes = output.takeForEditor()
    if !bytes.isEmpty { show(bytes) }
    for event in mailbox.take() where result == nil {
      switch event {
      case .interrupt: interruptLine()
      case .resize: takeNewSize()
      case .suspend: suspendProcess()
      case .resumed: goOnAfterStop()
      case .completions: showLateCompletions()
      case .prompts(let new):
        nextRequest = new
        paint()
      }
    }
  }

  /// Presses Tab for the person whose Tab has got its answer only now.
  private func showLateCompletions() {
    let text = editLine.text
    guard search == nil, !input.hasMore,
      completionDesk?.hasLateAnswer(for: text.string, at: text.cursor) == true
    else { return }
    input.add(code: EditorKey.tab.rawValue)
  }

  func interruptLine() {
    let text = editLine.text
    leaveLine(text, suffix: "^C")
    result = .interrupted(hadText: !text.isEmpty)
  }

  /// Gives the terminal back and stops the process until someone continues it.
  func suspendProcess() {
    terminal.write(renderer.erase() + Array(Self.pasteOff.utf8))
    editLine.setEditingMode(false)
    cedit_crash_guard_arm(false)
    cedit_raise_default(SIGTSTP)
    takeTerminalBack()
  }

  /// Gives the terminal back and dies, as Ctrl-\ asks.
  func quitProcess() {
    terminal.write(renderer.erase())
    cedit_crash_guard_restore()
    cedit_raise_default(SIGQUIT)
  }

  /// Goes on after SIGCONT.
  ///
  /// Our own stop has put everything right already; after another's the shell has left the terminal in line mode,
  /// with its own text on the screen.
  private func goOnAfterStop() {
    if terminal.isInLineMode {
      takeTerminalBack()
    } else {
      renderer.invalidate()
      paint()
    }
  }

  private func takeTerminalBack() {
    // libedit believes that it is in raw mode still, and would do nothing.
    editLine.setEditingMode(false)
    editLine.setEditingMode(true)
    cedit_crash_guard_arm(true)
    let size = terminal.size
    renderer.start(columns: size.columns, lines: size.lines)
    terminal.write(Self.pasteOn)
    paint()
  }

  private func takeNewSize() {
    let size = terminal.size
    renderer.resize(columns: size.columns, lines: size.lines)
    paint()
  }
}
