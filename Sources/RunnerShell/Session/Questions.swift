/// Who answers a question with yes or no.
package protocol Questions: Sendable {
  /// Asks, and waits for the answer; anything but yes is no.
  func ask(_ question: String) -> Bool
}

/// Asks the person who types.
package struct LineReaderQuestions: Questions {
  private let reader: any LineReader

  package init(_ reader: any LineReader) { self.reader = reader }

  package func ask(_ question: String) -> Bool {
    let prompt = [StyledText("\(question) [y/N] ", .bold)]
    let request = LineRequest(prompt: prompt, continuationPrompt: prompt, isAnswer: true)
    guard case .line(let answer) = reader.readLine(request) else { return false }
    return ["y", "yes"].contains(answer.trimmed().lowercased())
  }
}
