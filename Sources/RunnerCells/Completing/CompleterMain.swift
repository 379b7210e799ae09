private import Glibc

/// What the process does in which SourceKit is: it reads questions and writes answers.
package enum CompleterMain {
  /// An answer that takes longer never comes.
  private static let limit: UInt32 = 15

  /// Answers until nobody asks any more; never returns then.
  ///
  /// - Parameter library: The path of SourceKit's library.
  package static func run(library: String) -> Never {
    // Nothing that SourceKit prints gets among the answers.
    let answers = dup(STDOUT_FILENO)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    guard let service = SourceKit(library: library) else { _exit(1) }
    while let texts = TextList.read(from: STDIN_FILENO),
      let question = CompletionQuestion(texts: texts)
    {
      // The signal ends the process, and whoever asked sees that.
      alarm(limit)
      let completions = CellCompletion.choices(
        service.completions(question), prefix: question.prefix, limit: CellCompleter.limit)
      alarm(0)
      guard TextList.write(completions.flatMap { [$0.text, $0.note] }, to: answers) else { break }
    }
    _exit(0)
  }
}

extension CompletionQuestion {
  /// The question as it is sent.
  var texts: [String] { [source, "\(offset)", prefix] + arguments }

  /// Creates the question that was sent; `nil` for what is none.
  init?(texts: [String]) {
    guard texts.count >= 3, let offset = Int(texts[1]) else { return nil }
    source = texts[0]
    self.offset = offset
    prefix = texts[2]
    arguments = Array(texts.dropFirst(3))
  }
}
