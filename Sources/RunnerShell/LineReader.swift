/// Reads lines from a person or a pipe, and shows output without harming the line being typed.
///
/// `readLine` is called on one thread; the other members may be called from any thread.
public protocol LineReader: AnyObject, Sendable {
  /// Shows a prompt and waits for one complete input.
  func readLine(_ request: LineRequest) -> LineResult

  /// Shows bytes as they are, above the line being edited if there is one; keeps their order.
  func write(_ bytes: [UInt8])

  /// Shows whole lines like `write`; a line of other output that has no end yet is ended first.
  func writeLines(_ bytes: [UInt8])

  /// Shows a text shorter than a line in place of the last such text, or takes that away. It never stands beside a
  /// line being edited or other output, and leaves no trace; where that is impossible, nothing is shown.
  ///
  /// With `whileTyping` it stands below the line where the next output goes, in which what is typed can be seen;
  /// without, it stands in that line, and what is typed comes in the next line that is edited.
  func showProgress(_ text: String?, whileTyping: Bool)

  /// Shows other prompts from now on, once nothing is typed: a line stays where it is under a person's fingers.
  func changePrompts(_ request: LineRequest)

  /// Drops the half-typed line, as Ctrl-C does; `readLine` returns `.interrupted`. Between lines it drops at most what
  /// was typed ahead.
  func interrupt()
}

extension LineReader {
  /// For a reader that never stands in the middle of a line.
  public func writeLines(_ bytes: [UInt8]) { write(bytes) }

  /// Shows nothing.
  public func showProgress(_ text: String?, whileTyping: Bool) {}

  /// Shows a text in the line where the next output goes.
  public func showProgress(_ text: String?) { showProgress(text, whileTyping: false) }

  /// Shows nothing new.
  public func changePrompts(_ request: LineRequest) {}
}

/// What `readLine` needs to know about one input.
public struct LineRequest: Hashable, Sendable {
  /// The prompt, with its styles.
  public var prompt: [StyledText]
  /// The prompt of the second and later lines of an input.
  public var continuationPrompt: [StyledText]
  /// Whether it is the answer to a question, which no history remembers.
  public var isAnswer: Bool

  public init(
    prompt: [StyledText], continuationPrompt: [StyledText], isAnswer: Bool = false
  ) {
    self.prompt = prompt
    self.continuationPrompt = continuationPrompt
    self.isAnswer = isAnswer
  }
}

/// What came of one `readLine`.
public enum LineResult: Hashable, Sendable {
  case line(String)
  /// Ctrl-C; `hadText` tells whether a half-typed line was dropped.
  case interrupted(hadText: Bool)
  case endOfInput
}

/// A run of text in one style.
public struct StyledText: Hashable, Sendable {
  public enum Style: Hashable, Sendable {
    case plain, bold, dim, good, bad, warning, accent
  }

  public var text: String
  public var style: Style

  public init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// Answers what the editor asks about a half-typed input.
public protocol LineAssistant: AnyObject, Sendable {
  /// Whether the input can be executed, or needs another line; called on the thread of `readLine`.
  func isComplete(_ text: String) -> Bool

  /// How many blanks the line begins with that follows this text; called on the thread of `readLine`.
  func indentation(after text: String) -> Int

  /// The ways to go on at `cursor`, counted in Unicode scalars.
  ///
  /// Called on a thread of its own, once at a time. An answer that takes longer than 100 ms is not waited for, and
  /// shown when it comes.
  func completions(of text: String, at cursor: Int) -> LineCompletions

  /// The parts of a text that are more than plain text, in order and apart from each other; called on the thread of
  /// `readLine` for each text that is painted.
  func highlights(of text: String) -> [LineHighlight]

  /// Told once for each line that a person begins to type, and who may soon want to complete it; called on the
  /// thread of `readLine`, and has to return at once.
  func typingBegan()

  /// Whether the rest of an earlier input may be shown behind the cursor.
  var suggestsHistory: Bool { get }
}

extension LineAssistant {
  /// Without knowledge of what is typed lines begin at the margin.
  public func indentation(after text: String) -> Int { 0 }

  /// Without knowledge of what is typed all is plain text.
  public func highlights(of text: String) -> [LineHighlight] { [] }

  /// Without anything to prepare nothing happens.
  public func typingBegan() {}

  public var suggestsHistory: Bool { true }
}

/// Candidates that replace the text from `start` to the cursor.
public struct LineCompletions: Hashable, Sendable {
  public struct Candidate: Hashable, Sendable {
    public var text: String
    /// A short remark beside it: a task's state, a command's summary.
    public var note: String

    public init(_ text: String, note: String = "") {
      self.text = text
      self.note = note
    }
  }

  /// Where the replaced word begins, counted in Unicode scalars.
  public var start: Int
  public var candidates: [Candidate]

  public init(start: Int, candidates: [Candidate]) {
    self.start = start
    self.candidates = candidates
  }
}
