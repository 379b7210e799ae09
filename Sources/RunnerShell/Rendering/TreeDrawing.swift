package import RunnerCore

/// Draws the await graph as a tree; a cycle is drawn, marked where it closes, and named.
///
/// Each task stands above those that it awaits, and above the one that has the lock for which it waits;
/// whatever else it waits for ends its line. A child task that nobody awaits yet stands below the task
/// that it is a part of. Of many siblings that look alike, a few are drawn and the
/// others are counted.
package struct TreeDrawing {
  /// So many siblings that look alike are all drawn.
  static let alikeLimit = 5
  /// Of more than that, so many.
  static let alikeShown = 3

  private let graph: AwaitGraph
  private let spec: RenderSpec
  private let drawsEach: Bool
  private var lines: [StyledLine] = []
  private var drawn: Set<TaskID> = []

  /// Returns the lines of the tree and of its cycles; `drawsEach` counts no siblings together.
  package static func render(
    _ graph: AwaitGraph, drawsEach: Bool = false, _ spec: RenderSpec
  ) -> [StyledLine] {
    var drawing = TreeDrawing(graph: graph, drawsEach: drawsEach, spec: spec)
    let parts = Set(graph.parts.values.joined())
    for sibling in drawing.siblings(graph.roots.filter { !parts.contains($0) }) {
      drawing.draw(Pending(sibling: sibling, depth: 0))
    }
    return drawing.lines
      + graph.cycles.flatMap { LineWrapping.wrap(cycle($0, graph, spec), columns: spec.width) }
  }

  private init(graph: AwaitGraph, drawsEach: Bool, spec: RenderSpec) {
    self.graph = graph
    self.drawsEach = drawsEach
    self.spec = spec
  }

  /// One line below a task.
  private enum Sibling {
    case task(TaskID)
    /// So many others that look like this one.
    case alike(TaskID, count: Int)
  }

  /// A line that is still to be drawn, with what leads to it.
  private struct Pending {
    var sibling: Sibling
    var depth: Int
    /// What stands before its name.
    var lead = ""
    /// What stands before the leads of its children.
    var stem = ""
    /// What it is to the task above it.
    var relation = ""
  }

  /// Draws one root with all that it waits for; a stack, because chains can be long.
  private mutating func draw(_ root: Pending) {
    var stack = [root]
    // The tasks on the way from the root to the one being drawn.
    var path: [TaskID] = []
    var onPath: Set<TaskID> = []
    while let next = stack.popLast() {
      while path.count > next.depth { onPath.remove(path.removeLast()) }
      guard case .task(let id) = next.sibling else {
        addCount(next)
        continue
      }
      if onPath.contains(id) {
        // A task that waits for any of several leaves the circle when another one ends.
        add(
          next, id,
          graph.doomed.contains(id)
            ? StyledText(" \(spec.glyphs.cycle) closes the cycle", .warning)
            : StyledText(" \(spec.glyphs.cycle) drawn above, another task can end this", .dim))
        continue
      }
      guard drawn.insert(id).inserted else {
        add(next, id, StyledText(" drawn above", .dim))
        continue
      }
      add(next, id, StyledText(state(of: id)))
      path.append(id)
      onPath.insert(id)
      let relation = graph.waitsForHolder(id) ? "held by " : ""
      let children =
        siblings(graph.awaits(id)).map { ($0, relation) }
        + siblings(graph.parts[id] ?? []).map { ($0, "beside it ") }
      for (index, (child, relation)) in children.enumerated().reversed() {
        let isLast = index == children.count - 1
        stack.append(pending(child, under: next, relation, isLast: isLast))
      }
    }
  }

  /// Returns what is drawn of some siblings; those that look alike follow the last one drawn of them.
  private func siblings(_ ids: [TaskID]) -> [Sibling] {
    guard !drawsEach, ids.count > Self.alikeLimit else { return ids.map { .task($0) } }
    var counts: [Int: Int] = [:]
    for id in ids { counts[graph.shapes[id] ?? -1, default: 0] += 1 }
    var seen: [Int: Int] = [:]
    var result: [Sibling] = []
    for id in ids {
      let shape = graph.shapes[id] ?? -1
      let count = counts[shape] ?? 0
      let place = seen[shape, default: 0]
      seen[shape] = place + 1
      if count <= Self.alikeLimit || place < Self.alikeShown {
        result.append(.task(id))
      } else if place == Self.alikeShown {
        result.append(.alike(id, count: count - Self.alikeShown))
      }
    }
    return result
  }

  /// Returns a child with its lead; where the names would not fit any more, with its depth.
  private func pending(
    _ child: Sibling, under parent: Pending, _ relation: String, isLast: Bool
  ) -> Pending {
    let glyphs = spec.glyphs
    let branch = isLast ? glyphs.lastBranch : glyphs.branch
    let depth = parent.depth + 1
    guard depth * glyphs.stem.count <= (spec.width ?? 200) / 2 else {
      let lead = "\(glyphs.ellipsis) \(depth) deep \(branch)"
      return Pending(
        sibling: child, depth: depth, lead: lead, stem: parent.stem, relation: relation)
    }
    let blank = String(repeating: " ", count: glyphs.stem.count)
    return Pending(
      sibling: child, depth: depth, lead: parent.stem + branch,
      stem: parent.stem + (isLast ? blank : glyphs.stem), relation: relation)
  }

  // MARK: Lines

  private mutating func add(_ pending: Pending, _ id: TaskID, _ rest: StyledText) {
    guard let task = graph.tasks[id] else { return }
    let lead = DisplayWidth.of(pending.lead + pending.relation)
    let name = TaskName.inGraph(task, columns: spec.width.map { $0 - lead - 2 }, spec)
    let used = DisplayWidth.of(pending.lead + pending.relation + name)
    lines.append(
      StyledLine([
        StyledText(pending.lead + pending.relation, .dim), StyledText(name, .bold),
        StyledText(cut(rest.text, after: used), rest.style),
      ]))
  }

  private mutating func addCount(_ pending: Pending) {
    guard case .alike(let id, let count) = pending.sibling, let task = graph.tasks[id] else {
      return
    }
    let words = "\(spec.glyphs.ellipsis) and \(count) more like it: \(kind(of: task))"
    lines.append(
      StyledLine(pending.lead + cut(words, after: DisplayWidth.of(pending.lead)), .dim))
  }

  /// Returns the end of a line, as much of it as there is room for.
  private func cut(_ text: String, after used: Int) -> String {
    guard let width = spec.width, used + DisplayWidth.of(text) > width else { return text }
    let mark = spec.glyphs.ellipsis
    let room = max(0, width - used - DisplayWidth.of(mark))
    return DisplayWidth.prefix(of: text, columns: room) + mark
  }

  private func state(of id: TaskID) -> String {
    guard let task = graph.tasks[id] else { return "" }
    // What it awaits is the next line, where that is drawn; a lock has a name of its own.
    let isDrawn = !graph.awaits(id).isEmpty
    let wait =
      graph.waitsForHolder(id) ? lock(of: task) : isDrawn ? "" : WaitRendering.text(task.wait, spec)
    return " \(task.state.rawValue)" + (wait.isEmpty ? "" : " \(spec.glyphs.dot) \(wait)")
  }

  /// Returns the lock that a task waits for; who holds it is the next line.
  private func lock(of task: TaskSnapshot) -> String {
    guard var wait = task.wait else { return "" }
    let holder = wait.holder
    wait.holder = nil
    let words = WaitRendering.thing(wait, spec)
    guard let holder, holder.site != nil || holder.elapsed != nil else { return words }
    let place = holder.site.map { " at " + WaitRendering.shortPlace($0, spec) + "," } ?? ""
    let time = holder.elapsed.map { " \(DurationStyle.sentence($0, spec)) ago" } ?? ""
    return "\(words) taken" + (time.isEmpty ? String(place.dropLast()) : place + time)
  }

  /// Returns what tasks that look alike have in common.
  private func kind(of task: TaskSnapshot) -> String {
    switch task.wait?.subject {
    case nil: task.state.rawValue
    case .timer: "sleep"
    case .task: "awaiting a task"
    case .tasks: "awaiting several tasks"
    case .anyTask: "awaiting the first of several tasks"
    case .readable: "input"
    case .writable: "output"
    case .nextIteration, .future, .object, .outside:
      task.wait.map { WaitRendering.thing($0, spec) } ?? ""
    }
  }

  private static func cycle(
    _ cycle: [TaskID], _ graph: AwaitGraph, _ spec: RenderSpec
  ) -> StyledLine {
    var names = cycle.prefix(8).compactMap { graph.tasks[$0] }.map { TaskName.inGraph($0, spec) }
    if cycle.count > 8 { names.append("\(cycle.count - 8) more") }
    if let first = names.first { names.append(first) }
    let kind = cycle.contains { graph.waitsForHolder($0) } ? "cycle through locks" : "cycle"
    return StyledLine("\(kind): " + names.joined(separator: " \(spec.glyphs.arrow) "), .warning)
  }
}
