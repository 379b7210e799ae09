private import RunnerCore

/// Draws the await graph as a tree; a cycle is drawn, marked where it closes, and named.
package struct TreeDrawing {
  private let graph: AwaitGraph
  private let spec: RenderSpec
  private var lines: [StyledLine] = []
  private var drawn: Set<TaskID> = []

  /// Returns the lines of the tree and of its cycles.
  package static func render(_ graph: AwaitGraph, _ spec: RenderSpec) -> [StyledLine] {
    var drawing = TreeDrawing(graph: graph, spec: spec)
    for root in graph.roots { drawing.draw(root) }
    return drawing.lines + graph.cycles.map { cycle($0, graph, spec) }
  }

  private init(graph: AwaitGraph, spec: RenderSpec) {
    self.graph = graph
    self.spec = spec
  }

  /// A task that is still to be drawn, with what leads to it.
  private struct Pending {
    var id: TaskID
    var lead: String
    var stem: String
    var path: [TaskID]
  }

  /// Draws one root with all that it awaits; a stack, because chains can be long.
  private mutating func draw(_ root: TaskID) {
    var stack = [Pending(id: root, lead: "", stem: "", path: [])]
    while let next = stack.popLast() {
      if next.path.contains(next.id) {
        add(next, StyledText(" \(spec.glyphs.cycle) closes the cycle", .warning))
        continue
      }
      guard drawn.insert(next.id).inserted else {
        add(next, StyledText(" drawn above", .dim))
        continue
      }
      add(next, StyledText(state(of: next.id)))
      let children = graph.awaits(next.id)
      for (index, child) in children.enumerated().reversed() {
        let isLast = index == children.count - 1
        let branch = isLast ? spec.glyphs.lastBranch : spec.glyphs.branch
        let blank = String(repeating: " ", count: spec.glyphs.stem.count)
        let stem = next.stem + (isLast ? blank : spec.glyphs.stem)
        stack.append(
          Pending(
            id: child, lead: next.stem + branch, stem: stem, path: next.path + [next.id]))
      }
    }
  }

  private mutating func add(_ pending: Pending, _ rest: StyledText) {
    guard let task = graph.tasks[pending.id] else { return }
    let lead = shortened(pending.lead, depth: pending.path.count)
    lines.append(
      StyledLine([
        StyledText(lead, .dim), StyledText(TaskName.inGraph(task, spec), .bold), rest,
      ]))
  }

  /// Replaces what leads to a deep task by its depth, where the names would not fit any more.
  private func shortened(_ lead: String, depth: Int) -> String {
    guard lead.count > (spec.width ?? 400) / 2 else { return lead }
    let branch = spec.glyphs.lastBranch
    return "\(spec.glyphs.ellipsis) \(depth) deep " + branch
  }

  private func state(of id: TaskID) -> String {
    guard let task = graph.tasks[id] else { return "" }
    let wait = WaitRendering.text(task.wait, spec)
    // What it awaits is the next line, where that is drawn.
    let isDrawn = !graph.awaits(id).isEmpty || wait.isEmpty
    return " \(task.state.rawValue)" + (isDrawn ? "" : " \(spec.glyphs.dot) \(wait)")
  }

  private static func cycle(
    _ cycle: [TaskID], _ graph: AwaitGraph, _ spec: RenderSpec
  ) -> StyledLine {
    let names = (cycle + cycle.prefix(1)).compactMap { graph.tasks[$0] }
      .map { TaskName.inGraph($0, spec) }
    return StyledLine("cycle: " + names.joined(separator: " \(spec.glyphs.arrow) "), .warning)
  }
}
