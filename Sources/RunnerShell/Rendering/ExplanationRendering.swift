package import RunnerCore

/// Says in one sentence why a task or a runner does not go on.
package enum ExplanationRendering {
  /// How many tasks of a chain are told of one by one.
  private static let chainLimit = 4

  /// Returns the sentence, and for a task that waits a line that says where and for how long.
  package static func render(_ explanation: Explanation, _ spec: RenderSpec) -> [StyledLine] {
    let isBad = explanation.cycle != nil || explanation.loop == .stalled
    let sentence = StyledLine(sentence(explanation, spec), isBad ? .warning : .plain)
    var lines = LineWrapping.wrap(sentence, columns: spec.width)
    if let place = explanation.links.first.flatMap({ place(of: $0, spec) }) {
      let indent = StyledText("  ", .dim)
      lines += LineWrapping.wrap(StyledLine(place, .dim), columns: spec.width.map { $0 - 2 })
        .map { StyledLine([indent] + $0.runs) }
    }
    if explanation.consistency == .sampled { lines.append(TaskTable.sampledNote) }
    return lines
  }

  /// Returns the sentence alone.
  package static func sentence(_ explanation: Explanation, _ spec: RenderSpec) -> String {
    let runner = VisibleText.excerpt(explanation.runner, spec)
    let chain = chain(of: explanation, spec)
    if let cycle = explanation.cycle {
      let place = isRunner(explanation) ? " on \(runner)" : ""
      let deadlock =
        "deadlock\(place), \(circle(cycle, spec)): \(chain); "
        + end(of: cycle, explanation, spec) + others(explanation.otherCycles, spec)
      // What holds up the whole loop comes before what holds up some of its tasks.
      guard isRunner(explanation), case .blocked = explanation.loop else { return deadlock }
      return LoopStateRendering.sentence(explanation, spec) + "; and there is a " + deadlock
    }
    if isRunner(explanation) {
      let state = LoopStateRendering.sentence(explanation, spec)
      // The state has named the task that blocks the loop, and what else is there to say of it?
      if case .blocked(let step, _) = explanation.loop, let task = step.task,
        explanation.links.count == 1, explanation.links.last?.task == task
      {
        return state
      }
      return chain.isEmpty ? state : "\(state); \(chain)"
    }
    return chain + (tail(of: explanation, spec).map { "; \($0)" } ?? "")
  }

  private static func isRunner(_ explanation: Explanation) -> Bool {
    if case .runner = explanation.subject { true } else { false }
  }

  /// Returns what ends a deadlock: the first timeout inside of it, or else somebody.
  private static func end(
    of cycle: [TaskID], _ explanation: Explanation, _ spec: RenderSpec
  ) -> String {
    let members = Set(cycle)
    let limited = explanation.links.filter { members.contains($0.task) }
      .compactMap { link in link.timeoutRemaining.map { (link.task, $0) } }
    if let (task, left) = limited.min(by: { $0.1 < $1.1 }) {
      return "a timeout of task \(task) ends it, with \(ReasonRendering.time(left, spec))"
    }
    return "nothing ends it by itself, 'cancel \(cycle.first?.description ?? "TASK")' does"
  }

  /// Returns what other deadlocks there are: `; another one is 7 → 8 → 7`.
  private static func others(_ cycles: [[TaskID]], _ spec: RenderSpec) -> String {
    guard !cycles.isEmpty else { return "" }
    let shown = cycles.prefix(3).map { circle($0, spec) }
    let rest = cycles.count - shown.count
    let list = shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    return cycles.count == 1 ? "; another one is \(list)" : "; others are \(list)"
  }

  /// Returns `2 → 5 → 2`; of a long circle its beginning and the count.
  private static func circle(_ cycle: [TaskID], _ spec: RenderSpec) -> String {
    var words = cycle.prefix(8).map(\.description)
    if cycle.count > 8 { words.append("\(cycle.count - 8) more") }
    words += cycle.prefix(1).map(\.description)
    return words.joined(separator: " \(spec.glyphs.arrow) ")
  }

  private static func place(of link: Explanation.Link, _ spec: RenderSpec) -> String? {
    var parts: [String] = []
    if let site = link.site { parts.append("in \(VisibleText.line(site.description, spec))") }
    if let elapsed = link.elapsed { parts.append("for \(DurationStyle.sentence(elapsed, spec))") }
    if let left = link.timeoutRemaining {
      parts.append("timeout in \(DurationStyle.sentence(left, spec))")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  // MARK: The chain

  private static func chain(of explanation: Explanation, _ spec: RenderSpec) -> String {
    let links = explanation.links
    guard let first = links.first, let last = links.last else { return "" }
    let names = Dictionary(links.map { ($0.task, name(of: $0, spec)) }) { first, _ in first }
    func phrase(_ link: Explanation.Link) -> String {
      ReasonRendering.phrase(link, in: explanation, names: names, spec)
    }
    var text = "\(name(of: first, spec)) \(phrase(first))"
    let count = links.count + explanation.omittedLinks
    guard count > chainLimit + 1 else {
      return text + links.dropFirst().map { ", which \(phrase($0))" }.joined()
    }
    text += links[1..<chainLimit - 1].map { ", which \(phrase($0))" }.joined()
    let rest = CountLine.counted(count - chainLimit - 1, "task")
    return text + ", and so on over \(rest) more to \(name(of: last, spec)), which \(phrase(last))"
  }

  private static func name(of link: Explanation.Link, _ spec: RenderSpec) -> String {
    link.name.isEmpty
      ? "task \(link.task)"
      : "task \(link.task) \(VisibleText.excerpt(link.name, limit: 40, spec))"
  }

  /// Returns what else keeps the last task of the chain from going on.
  private static func tail(of explanation: Explanation, _ spec: RenderSpec) -> String? {
    guard let last = explanation.links.last else { return nil }
    if case .ended = last.reason { return nil }
    let runner = VisibleText.excerpt(explanation.runner, spec)
    switch explanation.loop {
    case .closed: return "its runner is closed: it never goes on"
    case .notMade, .standing:
      return "nobody runs the loop of \(runner): 'start \(runner)' lets it go on"
    case .blocked(let step, let name):
      if step.task == last.task, last.reason == .running { return nil }
      return "its loop is blocked for \(DurationStyle.sentence(step.elapsed, spec)) in "
        + LoopStateRendering.blocker(step, name, spec)
    case .stalled: return "nothing inside its loop can wake it, only another thread could"
    case .busy, .timer, .descriptors, .threads, .outside, .empty, .waiting: return nil
    }
  }
}
