import RunnerShell
import Synchronization

/// An assistant that the editor is made with before there is a session to ask.
final class LateAssistant: LineAssistant {
  private let assistant = Mutex<(any LineAssistant)?>(nil)

  /// Asks this one from now on.
  func follow(_ other: any LineAssistant) {
    assistant.withLock { $0 = other }
  }

  func isComplete(_ text: String) -> Bool {
    assistant.withLock { $0 }?.isComplete(text) ?? true
  }

  func indentation(after text: String) -> Int {
    assistant.withLock { $0 }?.indentation(after: text) ?? 0
  }

  func completions(of text: String, at cursor: Int) -> LineCompletions {
    assistant.withLock { $0 }?.completions(of: text, at: cursor)
      ?? LineCompletions(start: cursor, candidates: [])
  }

  func highlights(of text: String) -> [LineHighlight] {
    assistant.withLock { $0 }?.highlights(of: text) ?? []
  }

  func typingBegan() {
    assistant.withLock { $0 }?.typingBegan()
  }

  var suggestsHistory: Bool { assistant.withLock { $0 }?.suggestsHistory ?? true }
}
