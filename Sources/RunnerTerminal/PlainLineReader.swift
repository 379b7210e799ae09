internal import Glibc
package import RunnerShell
internal import Synchronization

/// Reads lines from a pipe, a file, or a terminal that understands no escape sequences.
///
/// Prompts are shown only to a person. A last line without a line feed counts; invalid UTF-8 is U+FFFD.
package final class PlainLineReader: LineReader {
  private let terminal: Terminal
  private let isForPerson: Bool
  private let assistant: (any LineAssistant)?
  private let output: OutputQueue
  private let interruption: WakePipe
  private let lines = Mutex(LineSplitter())
  private let reading = Atomic(false)

  /// Takes two descriptors; nil when the process has none left for itself.
  ///
  /// - Parameters:
  ///   - input: The descriptor to read lines from.
  ///   - output: The descriptor for prompts and output.
  ///   - assistant: Answers whether an input is complete.
  ///   - noteLoss: Called once, when something cannot be written.
  package init?(
    input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO,
    assistant: (any LineAssistant)? = nil, noteLoss: @escaping @Sendable () -> Void = {}
  ) {
    guard let interruption = WakePipe() else { return nil }
    self.interruption = interruption
    terminal = Terminal(input: input, output: output)
    isForPerson = isatty(input) == 1
    self.assistant = assistant
    self.output = OutputQueue(terminal: terminal, noteLoss: noteLoss)
  }

  package func readLine(_ request: LineRequest) -> LineResult {
    // A person's Ctrl-C between two lines was for what ran; that of a pipe is for all that follows.
    if isForPerson { interruption.drain() }
    reading.store(true, ordering: .sequentiallyConsistent)
    defer { reading.store(false, ordering: .sequentiallyConsistent) }
    prompt(request.prompt)
    var text = ""
    var isFirst = true
    while true {
      switch nextLine() {
      case .interrupted:
        if isForPerson { output.write([0x0A]) }
        return .interrupted(hadText: !isFirst)
      case .end:
        // What was begun is handed over: whoever executes it says what is missing.
        return isFirst ? .endOfInput : .line(text)
      case .line(let line):
        if isForPerson { output.lineWasEntered() }
        text += isFirst ? line : "\n\(line)"
        isFirst = false
        if assistant?.isComplete(text) ?? true { return .line(text) }
        prompt(request.continuationPrompt)
      }
    }
  }

  package func write(_ bytes: [UInt8]) {
    output.write(bytes)
  }

  package func writeLines(_ bytes: [UInt8]) {
    output.write(bytes, onOwnLine: true)
  }

  /// Whether a line is awaited: then Ctrl-C belongs to the line and not to what runs.
  package var isReading: Bool { reading.load(ordering: .sequentiallyConsistent) }

  /// Whether something that was to be shown could not be written.
  package var hasLostOutput: Bool { output.hasLostOutput }

  package func interrupt() {
    interruption.wake()
  }

  private func prompt(_ texts: [StyledText]) {
    if isForPerson { output.write(Array(texts.map(\.text).joined().utf8)) }
  }

  private enum Next {
    case line(String)
    case end, interrupted
  }

  private func nextLine() -> Next {
    while true {
      if let line = lines.withLock({ $0.next() }) { return .line(line) }
      let ready = Waiting.anyInput(
        [terminal.input, interruption.descriptor], milliseconds: -1)
      if ready.contains(interruption.descriptor) { return .interrupted }
      let bytes = terminal.read(upTo: 1 << 16)
      guard bytes.isEmpty else {
        lines.withLock { $0.add(bytes) }
        continue
      }
      return lines.withLock { $0.takeRest() }.map { .line($0) } ?? .end
    }
  }
}
