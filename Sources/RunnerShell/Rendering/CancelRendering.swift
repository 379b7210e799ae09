package import RunnerCore

/// Writes what came of a request to cancel.
package enum CancelRendering {
  /// Returns one line for each outcome; of a long list the first, and the rest as counts.
  package static func lines(_ outcomes: [CancelOutcome], _ spec: RenderSpec) -> [StyledLine] {
    let limit = 20
    // What did not go as wished is worth a line before what did.
    let sorted =
      outcomes.count <= limit
      ? outcomes : outcomes.filter { !isPlain($0) } + outcomes.filter(isPlain)
    var lines = sorted.prefix(limit).map { line($0, spec) }
    let rest = sorted.dropFirst(limit)
    if !rest.isEmpty {
      let counts = Dictionary(grouping: rest) { word($0.result) }
        .sorted { $0.key < $1.key }.map { "\($0.value.count) \($0.key)" }
      let total = CountLine.counted(rest.count, "more task")
      lines.append(StyledLine("\(total): \(counts.joined(separator: ", "))"))
    }
    return lines
  }

  /// Returns what one task is doing, and where: `suspended in stubborn(_:) at Stubborn.swift:12`.
  package static func whereabouts(_ task: TaskSnapshot, _ spec: RenderSpec) -> String {
    guard let site = task.wait?.site else { return task.state.rawValue }
    return "\(task.state.rawValue) in \(VisibleText.line(site.description, spec))"
  }

  private static func line(_ outcome: CancelOutcome, _ spec: RenderSpec) -> StyledLine {
    let name = TaskName.full(outcome.task, spec)
    switch outcome.result {
    case .cancelled(let duration), .ended(.cancelled, let duration):
      return StyledLine([
        StyledText(spec.glyphs.check, .good),
        StyledText(" \(name) cancelled after \(DurationStyle.sentence(duration, spec))"),
      ])
    case .ended(.returned, let duration):
      let time = DurationStyle.sentence(duration, spec)
      return StyledLine("\(name) swallowed the cancellation and returned after \(time)", .warning)
    case .ended(.failed(let error), let duration):
      let time = DurationStyle.sentence(duration, spec)
      let text = VisibleText.line(ValueRendering.error(error), spec)
      return StyledLine("\(name) failed after \(time): \(text)", .bad)
    case .ignored(let duration):
      let time = DurationStyle.sentence(duration, spec)
      let place = whereabouts(outcome.task, spec)
      return StyledLine("\(name) has ignored cancellation for \(time), \(place)", .warning)
    case .alreadyEnded:
      return StyledLine("\(name) had ended before")
    case .requestedOnly:
      let runner = VisibleText.excerpt(outcome.task.runner, spec)
      return StyledLine(
        "\(name): cancellation is requested, but \(runner) stands still; "
          + "'start \(runner)' lets it happen", .warning)
    }
  }

  private static func isPlain(_ outcome: CancelOutcome) -> Bool {
    if case .cancelled = outcome.result { return true }
    return outcome.result == .alreadyEnded
  }

  private static func word(_ result: CancelOutcome.Result) -> String {
    switch result {
    case .cancelled, .ended(.cancelled, _): "cancelled"
    case .ended(.returned, _): "swallowed it and returned"
    case .ended(.failed, _): "failed"
    case .ignored: "ignored it"
    case .alreadyEnded: "had ended before"
    case .requestedOnly: "requested"
    }
  }
}
