import Foundation
import RunnerShell
import Synchronization

/// A file that shows a session: what is typed after a prompt, and what must come of it.
///
/// Its head says in which world it plays: `scenario: busy`, `mode: batch`, `width: 80`, `ascii`.
/// `^C` at the end of an input is a Ctrl-C pressed while the command waits. In a batch, what goes to
/// stderr begins with `! `, and the last line is the exit status. `#` begins a remark.
struct Transcript {
  var text: String

  /// Plays the inputs and returns the whole text as it should have been.
  func replayed() -> String {
    var head = TranscriptHead()
    var played: TranscriptPlayer?
    var result: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if let input = Self.input(of: line) {
        let player = played ?? TranscriptPlayer(head)
        played = player
        result += player.play(input)
      } else if played == nil {
        head.take(line)
        result.append(line)
      } else if line.hasPrefix("#") {
        result.append(line)
      }
    }
    result += played?.finish() ?? []
    return result.joined(separator: "\n") + "\n"
  }

  private static func input(of line: String) -> String? {
    guard let mark = line.range(of: "> ") ?? line.range(of: ">", options: [.anchored, .backwards])
    else { return nil }
    let name = line[..<mark.lowerBound]
    guard let first = name.first, first.isLetter, name.allSatisfy({ $0.isLetter || $0.isNumber })
    else { return nil }
    return String(line[mark.upperBound...])
  }
}

/// What the head of a transcript says.
struct TranscriptHead {
  var scenario = Scenario.empty
  var settings = SessionSettings(rendering: RenderSpec(width: 100))

  mutating func take(_ line: String) {
    if line == "mode: batch" { settings.isBatch = true }
    if line == "ascii" { settings.rendering.usesASCII = true }
    if line == "json" { settings.writesJSON = true }
    if line.hasPrefix("width: ") { settings.rendering.width = Int(line.dropFirst(7)) }
    if line.hasPrefix("scenario: "), let named = Scenario(rawValue: String(line.dropFirst(10))) {
      scenario = named
    }
  }
}

/// A session that is being played.
final class TranscriptPlayer {
  private let session: Session
  private let controller: ScriptedController
  private let output = RecordingOutput()
  private let isBatch: Bool
  private var line = 0
  private var status = ShellStatus.ok

  init(_ head: TranscriptHead) {
    controller = head.scenario.controller
    isBatch = head.settings.isBatch
    session = Session(
      controller: controller, catalog: SmallCatalog(), output: output, settings: head.settings,
      sources: SmallSource(), clock: ScriptedClock(controller))
  }

  func play(_ typed: String) -> [String] {
    line += 1
    let prompt = "\(session.currentRunner)> \(typed)"
    var input = typed
    while input.hasSuffix("^C") {
      input.removeLast(2)
      controller.whileWaiting.withLock { $0.append { [session] in session.interrupt() } }
    }
    let location = isBatch ? InputLocation(source: "-c", line: line) : nil
    let result = session.execute(input, at: location)
    if status == .ok { status = result.status }
    return [prompt] + marked(result.needsMore ? ["(needs more)"] : [])
  }

  func finish() -> [String] {
    guard isBatch else { return [] }
    let closing = session.leave()
    return marked([]) + ["exit \((status == .ok ? closing : status).code)"]
  }

  private func marked(_ extra: [String]) -> [String] {
    let lines = output.take().map { line in
      isBatch && line.channel != .result ? "! " + line.text : line.text
    }
    return lines + extra
  }
}
