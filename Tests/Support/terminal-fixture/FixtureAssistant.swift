import Foundation
import RunnerShell
import Synchronization

/// Calls a line incomplete while a brace is open, indents what is in it, completes words, and knows `let`.
final class FixtureAssistant: LineAssistant {
  private let words = [
    "run", "runner_close", "runner_info", "runners", "tardy_answer", "ticker", "日本",
  ]
  /// For how many lines it was told that somebody types.
  let typedLines = Atomic(0)
  private let tasks = [("taskmaster", "suspended"), ("tasktrain", "running")]

  func isComplete(_ text: String) -> Bool {
    text.filter { $0 == "{" }.count <= text.filter { $0 == "}" }.count
  }

  func indentation(after text: String) -> Int {
    2 * text.reduce(0) { $0 + ($1 == "{" ? 1 : $1 == "}" ? -1 : 0) }
  }

  func highlights(of text: String) -> [LineHighlight] {
    let scalars = Array(text.unicodeScalars)
    return scalars.indices.dropLast(2)
      .filter { scalars[$0..<($0 + 3)].elementsEqual("let".unicodeScalars) }
      .map { LineHighlight($0..<($0 + 3), .keyword) }
  }

  func typingBegan() { typedLines.add(1, ordering: .sequentiallyConsistent) }

  func completions(of text: String, at cursor: Int) -> LineCompletions {
    let scalars = Array(text.unicodeScalars)[..<cursor]
    let start = (scalars.lastIndex(of: " ") ?? -1) + 1
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start...])
    let word = String(view)
    if word.hasPrefix("slow") { sleep(6) }
    if word.hasPrefix("tardy") { sleep(2) }
    let plain = words.filter { $0.hasPrefix(word) }.map { LineCompletions.Candidate($0) }
    let noted = tasks.filter { $0.0.hasPrefix(word) && word.hasPrefix("task") }.map {
      LineCompletions.Candidate($0.0, note: $0.1)
    }
    return LineCompletions(start: start, candidates: plain + noted)
  }
}
