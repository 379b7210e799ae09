internal import CEditLine
internal import Glibc
package import RunnerShell
internal import Synchronization

/// Reads lines from a person at a terminal, with libedit's keys.
///
/// Rules:
/// 1. `editor` belongs to the thread that is inside `readLine` or `show`; all else goes through `output` and `mailbox`.
/// 2. `interrupt`, `resized`, `suspend`, `resumed` and `isEditing` never wait: signal handling may call them although
///    the terminal is blocked.
package final class EditLineReader: LineReader, FullScreen, InputHistory {
  private let output: OutputQueue
  private let mailbox: EditorMailbox
  private nonisolated(unsafe) let editor: LineEditor
  private let editing = Atomic(false)

  /// Takes a terminal; nil when there is none that understands escape sequences.
  ///
  /// - Parameters:
  ///   - program: The name by which `~/.editrc` addresses this program.
  ///   - input: The descriptor to read keys from.
  ///   - output: The descriptor to paint on.
  ///   - history: The entries to start with, and where new ones go.
  ///   - assistant: Answers what is complete and how to go on.
  ///   - completionPatience: How long a Tab waits for the assistant; what comes later is shown when it comes, if
  ///     the line is still the same.
  ///   - usesStyles: Whether colours and other styles may be used.
  ///   - usesASCII: Whether what is drawn beside the person's own text is ASCII.
  package init?(
    program: String, input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO,
    history: History = History(), assistant: (any LineAssistant)? = nil,
    completionPatience: Duration = .milliseconds(100), usesStyles: Bool = true,
    usesASCII: Bool = false
  ) {
    let terminal = Terminal(input: input, output: output)
    guard terminal.isUsable, let wakePipe = WakePipe() else { return nil }
    self.output = OutputQueue(terminal: terminal, sanitizes: true) { wakePipe.wake() }
    mailbox = EditorMailbox(wakePipe: wakePipe)
    let desk = assistant.map { [mailbox] in
      CompletionDesk($0, patience: completionPatience) { mailbox.post(.completions) }
    }
    let editor = LineEditor(
      program: program, terminal: terminal, output: self.output, wakePipe: wakePipe,
      mailbox: mailbox, history: history, assistant: assistant,
      completionDesk: desk,
      palette: Palette(usesStyles: usesStyles, usesASCII: usesASCII))
    guard let editor, cedit_crash_guard_install(input) == 0 else { return nil }
    self.editor = editor
  }

  package func readLine(_ request: LineRequest) -> LineResult {
    editing.store(true, ordering: .sequentiallyConsistent)
    defer { editing.store(false, ordering: .sequentiallyConsistent) }
    return editor.readLine(request)
  }

  package func show<View: FullScreenView>(
    _ view: View, ask: @escaping @Sendable (View.Question) throws -> View.Answer
  ) throws -> View {
    editing.store(true, ordering: .sequentiallyConsistent)
    defer { editing.store(false, ordering: .sequentiallyConsistent) }
    return try editor.show(view, ask: ask)
  }

  /// Writes at once, or above the line being edited; waits while 64 KiB are waiting already.
  package func write(_ bytes: [UInt8]) {
    output.write(bytes)
  }

  package func writeLines(_ bytes: [UInt8]) {
    output.write(bytes, onOwnLine: true)
  }

  /// Shows a text below all output while no line is edited, until other output comes.
  package func showProgress(_ text: String?, whileTyping: Bool) {
    output.showStatus(text, whileTyping ? .below : .inLine)
  }

  package func changePrompts(_ request: LineRequest) {
    mailbox.post(.prompts(request))
  }

  package var count: Int { editor.history.entries.count }

  package func inputs(containing text: String) -> [String] {
    editor.history.entries.filter { text.isEmpty || $0.contains(text) }
  }

  package func interrupt() {
    mailbox.post(.interrupt)
  }

  /// Whether a prompt or a view is shown: then Ctrl-C belongs to it and not to what runs.
  package var isEditing: Bool { editing.load(ordering: .sequentiallyConsistent) }

  /// Paints for the terminal's new size.
  package func resized() {
    mailbox.post(.resize)
  }

  /// Gives the terminal back and stops the process, as Ctrl-Z does.
  package func suspend() {
    if isEditing {
      mailbox.post(.suspend)
    } else {
      cedit_raise_default(SIGTSTP)
    }
  }

  /// Takes the terminal again after the process was stopped.
  package func resumed() {
    if isEditing { mailbox.post(.resumed) }
  }
}
