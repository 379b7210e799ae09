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
    var depth: Int
    /// What stands before its name.
    var lead = ""
    /// What stands before the leads of its children.
    var stem = ""
  }

  /// Draws one root with all that it awaits; a stack, because chains can be long.
  private mutating func draw(_ root: TaskID) {
    var stack = [Pending(id: root, depth: 0)]
    // The tasks on the way from the root to the one being drawn.
    var path: [TaskID] = []
    var onPath: Set<TaskID> = []
    while let next = stack.popLast() {
      while path.count > next.depth { onPath.remove(path.removeLast()) }
      if onPath.contains(next.id) {
        add(next, StyledText(" \(spec.glyphs.cycle) closes the cycle", .warning))
        continue
      }
      guard drawn.insert(next.id).inserted else {
        add(next, StyledText(" drawn above", .dim))
        continue
      }
      add(next, StyledText(state(of: next.id)))
      path.append(next.id)
      onPath.insert(next.id)
      let children = graph.awaits(next.id)
      for (index, child) in children.enumerated().reversed() {
        stack.append(pending(child, under: next, isLast: index == children.count - 1))
      }
    }
  }

  /// Returns a child with its lead; where the names would not fit any more, with its depth.
  private func pending(_ child: TaskID, under parent: Pending, isLast: Bool) -> Pending {
    let glyphs = spec.glyphs
    let branch = isLast ? glyphs.lastBranch : glyphs.branch
    let depth = parent.depth + 1
    guard depth * glyphs.stem.count <= (spec.width ?? 200) / 2 else {
      let lead = "\(glyphs.ellipsis) \(depth) deep \(branch)"
      return Pending(id: child, depth: depth, lead: lead, stem: parent.stem)
    }
    let blank = String(repeating: " ", count: glyphs.stem.count)
    return Pending(
      id: child, depth: depth, lead: parent.stem + branch,
      stem: parent.stem + (isLast ? blank : glyphs.stem))
  }

  private mutating func add(_ pending: Pending, _ rest: StyledText) {
    guard let task = graph.tasks[pending.id] else { return }
    lines.append(
      StyledLine([
        StyledText(pending.lead, .dim), StyledText(TaskName.inGraph(task, spec), .bold), rest,
      ]))
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
