import Foundation
import RunnerShell
import Synchronization

/// The loop of the program, and its verbs.
final class Fixture: Sendable {
  private let reader: any LineReader
  private let assistant: FixtureAssistant
  private let interruption = DispatchSemaphore(value: 0)
  private let request = LineRequest(
    prompt: [StyledText("fixture", .good), StyledText("> ")],
    continuationPrompt: [StyledText("......> ", .dim)])

  init(_ reader: any LineReader, _ assistant: FixtureAssistant) {
    self.reader = reader
    self.assistant = assistant
  }

  func interruptRun() {
    interruption.signal()
  }

  func run() -> Int32 {
    while true {
      switch reader.readLine(request) {
      case .line(let text):
        if text == "quit" { return 0 }
        execute(text)
      case .interrupted(let hadText): write("interrupted, text: \(hadText)\n")
      case .endOfInput:
        write("end of input\n")
        return 0
      }
    }
  }

  func write(_ text: String) {
    reader.write(Array(text.utf8))
  }

  private func execute(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    let number = words.count > 1 ? Int(words[1]) ?? 0 : 0
    switch words.first {
    // These act when the process gets SIGUSR1, so that a test can type something before; `ready` says
    // that it may come.
    case "tick": onUserSignal { for index in 0..<number { self.write("tick \(index)\n") } }
    case "flow":
      onUserSignal { self.write(String(repeating: "0123456789", count: number / 10)) }
    case "later":
      let output = unescaped(words.dropFirst().joined(separator: " "))
      onUserSignal { self.write(output) }
    case "crash": onUserSignal { fatalError("as asked") }
    case "interrupt": onUserSignal { self.reader.interrupt() }
    case "prompt":
      onUserSignal {
        let prompt = [StyledText("\(words.last ?? "")> ")]
        self.reader.changePrompts(LineRequest(prompt: prompt, continuationPrompt: prompt))
        self.write("changed\n")
      }
    case "tail": write(unescaped(words.dropFirst().joined(separator: " ")))
    case "hold":
      waitForInterruption { self.write("holding\n") }
      write("held\n")
    case "work":
      waitForInterruption { self.reader.showProgress("working") }
      reader.showProgress(nil)
    case "toil":
      waitForInterruption { self.reader.showProgress("toiling", whileTyping: true) }
      reader.showProgress(nil)
    case "typing": write("typed \(assistant.typedLines.load(ordering: .sequentiallyConsistent))\n")
    case "count": write("count \(text.unicodeScalars.count)\n")
    default: write("<\(text.debugDescription)>\n")
    }
  }

  /// Waits for Ctrl-C or SIGUSR2; `ready` says that it may come.
  private func waitForInterruption(ready: @escaping @Sendable () -> Void) {
    DispatchSource.onSignal(SIGUSR2, { self.interruptRun() }, ready: ready)
    interruption.wait()
  }

  /// Makes control characters of `\e`, `\r` and `\n`.
  private func unescaped(_ text: String) -> String {
    [("\\e", "\u{1B}"), ("\\r", "\r"), ("\\n", "\n")].reduce(text) { text, pair in
      text.replacingOccurrences(of: pair.0, with: pair.1)
    }
  }

  private func onUserSignal(_ body: @escaping @Sendable () -> Void) {
    DispatchSource.onSignal(SIGUSR1, body) { self.write("ready\n") }
  }
}

extension DispatchSource {
  /// Runs `body` when the signal comes, once; `ready` says that it may come.
  static func onSignal(
    _ number: Int32, _ body: @escaping @Sendable () -> Void, ready: @escaping @Sendable () -> Void
  ) {
    signal(number, SIG_IGN)
    let source = makeSignalSource(signal: number, queue: .global())
    source.setEventHandler {
      body()
      source.cancel()
    }
    source.setRegistrationHandler(handler: ready)
    source.resume()
  }
}
