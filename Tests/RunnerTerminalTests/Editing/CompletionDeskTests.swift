import Dispatch
import RunnerShell
import Synchronization
import Testing

@testable import RunnerTerminal

@Suite(.timeLimit(.minutes(1))) struct CompletionDeskTests {
  /// Offers the text itself, and does not answer `slow` before it may.
  private final class Assistant: LineAssistant {
    let mayAnswer = DispatchSemaphore(value: 0)
    let questions = Mutex<[String]>([])

    func isComplete(_ text: String) -> Bool { true }

    func completions(of text: String, at cursor: Int) -> LineCompletions {
      questions.withLock { $0.append(text) }
      if text == "slow" { mayAnswer.wait() }
      return LineCompletions(start: 0, candidates: [.init(text + "!")])
    }
  }

  private let assistant = Assistant()
  private let announced = DispatchSemaphore(value: 0)

  private func desk(patience: Duration) -> CompletionDesk {
    CompletionDesk(assistant, patience: patience) { [announced] in announced.signal() }
  }

  private func answer(_ desk: CompletionDesk, _ text: String) -> String? {
    desk.completions(of: text, at: text.unicodeScalars.count)?.candidates.first?.text
  }

  @Test func `an answer that is late is announced, and kept for who asks the same again`() {
    let desk = desk(patience: .milliseconds(1))
    #expect(answer(desk, "slow") == nil)
    assistant.mayAnswer.signal()
    announced.wait()
    #expect(desk.hasLateAnswer(for: "slow", at: 4))
    #expect(answer(desk, "slow") == "slow!")
  }

  @Test func `the newest of what is asked while a question is open is asked after it`() {
    let desk = desk(patience: .milliseconds(1))
    for text in ["slow", "slow", "first", "newest"] { #expect(answer(desk, text) == nil) }
    assistant.mayAnswer.signal()
    announced.wait()
    announced.wait()
    #expect(desk.hasLateAnswer(for: "newest", at: 6))
    #expect(answer(desk, "newest") == "newest!")
    #expect(assistant.questions.withLock(\.self) == ["slow", "newest"])
  }

  @Test func `what is in time is announced to nobody`() {
    let desk = desk(patience: .seconds(60))
    #expect(answer(desk, "quick") == "quick!")
    #expect(announced.wait(timeout: .now()) == .timedOut)
  }
}
