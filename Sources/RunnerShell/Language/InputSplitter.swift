/// Cuts what was pasted or typed in one go into inputs that are executed one after another.
package struct InputSplitter: Sendable {
  package struct Part: Hashable, Sendable {
    package var text: String
    /// The line on which it begins, counted from 0.
    package var line: Int
  }

  /// How many lines are tried as one input; what is longer is taken whole, so that time is bounded.
  private static let longestInput = 500

  private let classifier: InputClassifier

  package init(_ classifier: InputClassifier) {
    self.classifier = classifier
  }

  /// Returns the inputs in their order; only the last can need more text.
  ///
  /// Swift takes all that follows it: its lines belong together.
  package func parts(of text: String) -> [Part] {
    guard text.contains("\n") else { return [Part(text: text, line: 0)] }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var parts: [Part] = []
    var start = 0
    while start < lines.count {
      let end = endOfInput(lines, from: start)
      parts.append(Part(text: lines[start..<end].joined(separator: "\n"), line: start))
      start = end
    }
    return parts
  }

  private func endOfInput(_ lines: [Substring], from start: Int) -> Int {
    var text = ""
    for end in (start + 1)...min(lines.count, start + Self.longestInput) {
      text += (text.isEmpty ? "" : "\n") + lines[end - 1]
      switch try? classifier.classify(text) {
      case .needsMore: continue
      case .swift: return lines.count
      case .empty, .command, nil: return end
      }
    }
    return lines.count
  }
}
