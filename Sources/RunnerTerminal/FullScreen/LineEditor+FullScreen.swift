internal import CEditLine
internal import Glibc
internal import RunnerShell

extension LineEditor {
  /// Shows a view on the whole screen until it leaves.
  ///
  /// - Throws: What `ask` throws, when the screen has been given back.
  func show<View: FullScreenView>(
    _ view: View, ask: @escaping @Sendable (View.Question) throws -> View.Answer
  ) throws -> View {
    if mailbox.takeStaleEvents() { input.removeAll() }
    signalKeys = SignalKeys(terminal)
    let inquiry = Inquiry(ask) { [wakePipe] in wakePipe.wake() }
    var showing = FullScreenShowing(view)
    var kept = KeptOutput()
    _ = output.beginEditing()
    takeScreen(for: &showing)
    while !showing.isOver {
      wakePipe.drain()
      kept.take(output.takeForEditor())
      showing.take(inquiry)
      for event in mailbox.take() where !showing.isOver { act(on: event, &showing) }
      takeKeys(&showing)
      if showing.isOver { break }
      if let question = showing.nextQuestion(inquiry.isBusy) { inquiry.begin(question) }
      let bytes = fullScreen.draw(showing.view.frame())
      if !bytes.isEmpty { terminal.write(bytes) }
      waitForInput(&showing, limit: showing.patience(inquiry.isBusy))
    }
    giveScreenBack()
    kept.take(output.takeForEditor())
    output.endEditing(kept: kept.finish())
    if let error = showing.error { throw error }
    return showing.view
  }

  private func takeKeys<View>(_ showing: inout FullScreenShowing<View>) {
    while !showing.isOver, let key = input.nextKey() {
      if case .character(let scalar) = key {
        switch signalKeys.action(of: scalar) {
        case .interrupt:
          showing.press(.interrupt)
          continue
        case .suspend:
          act(on: .suspend, &showing)
          continue
        case .quit:
          // The guard knows the way back to the line.
          quitProcess()
          continue
        case nil: if scalar == "\u{C}" { fullScreen.invalidate() }
        }
      }
      if let key = ScreenKey(key) { showing.press(key) }
    }
  }

  private func act<View>(
    on event: EditorMailbox.Event, _ showing: inout FullScreenShowing<View>
  ) {
    switch event {
    case .interrupt: showing.press(.interrupt)
    case .prompts, .completions: break
    case .resize:
      let size = terminal.size
      // Another size while this is painted is another event.
      fullScreen.resize(columns: size.columns, lines: size.lines)
      showing.view.resize(to: ScreenSize(columns: size.columns, rows: size.lines))
      showing.wantsAnswer = true
    case .suspend:
      giveScreenBack()
      cedit_raise_default(SIGTSTP)
      takeScreen(for: &showing)
    case .resumed:
      // After our own stop everything is right already; after another's the shell has been here.
      if terminal.isInLineMode {
        editLine.setEditingMode(false)
        takeScreen(for: &showing)
      } else {
        fullScreen.invalidate()
      }
    }
  }

  private func waitForInput<View>(_ showing: inout FullScreenShowing<View>, limit: Int32) {
    let isHalfRead = input.pending != .nothing
    let limit = !isHalfRead ? limit : limit < 0 ? patience : min(patience, limit)
    let ready = Waiting.anyInput([terminal.input, wakePipe.descriptor], milliseconds: limit)
    if ready.isEmpty, isHalfRead, limit == patience { input.giveUpWaiting() }
    guard ready.contains(terminal.input) else { return }
    let bytes = terminal.read(upTo: 4096)
    if bytes.isEmpty { showing.isOver = true } else { input.add(bytes: bytes) }
  }

  private func takeScreen<View>(for showing: inout FullScreenShowing<View>) {
    editLine.setEditingMode(true)
    cedit_crash_guard_full_screen(true)
    cedit_crash_guard_arm(true)
    let size = terminal.size
    terminal.write(
      fullScreen.enter(columns: size.columns, lines: size.lines, palette: palette))
    showing.view.resize(to: ScreenSize(columns: size.columns, rows: size.lines))
    showing.wantsAnswer = true
  }

  private func giveScreenBack() {
    terminal.write(fullScreen.leave())
    editLine.setEditingMode(false)
    cedit_crash_guard_arm(false)
    cedit_crash_guard_full_screen(false)
  }
}
