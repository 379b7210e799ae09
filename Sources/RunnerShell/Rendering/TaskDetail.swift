package import RunnerCore

/// Draws everything that is known about one task.
package enum TaskDetail {
  package static func render(
    _ task: TaskSnapshot, _ children: TaskChildren, _ spec: RenderSpec
  ) -> [StyledLine] {
    var lines = DetailLines(TaskName.full(task, spec))
    lines.add("state", task.state.rawValue, StateStyle.style(of: task.state))
    if let ending = task.ending {
      lines.add("ended", EndingRendering.text(ending, spec))
      lines.add("ended since", DurationStyle.sentence(ending.elapsed, spec))
      lines.add("outcome read", ending.wasRead ? "yes" : "no")
    } else {
      let wait = WaitRendering.text(task.wait, withElapsed: false, spec)
      lines.add("waiting for", wait.isEmpty ? nil : wait, orElse: "nothing")
      if let elapsed = task.wait?.elapsed {
        lines.add("suspended for", DurationStyle.sentence(elapsed, spec))
      }
      if task.state != .running {
        lines.add("waiting in", site(task.wait?.site, spec), orElse: "not known")
      }
    }
    let isChild = task.role == .child
    if !isChild, let operation = text(task.operation, spec) { lines.add("runs", operation) }
    lines.add("runner", VisibleText.line(task.runner, spec))
    lines.add("role", task.role.rawValue)
    if isChild {
      lines.add("made in", text(task.operation, spec), orElse: "not known")
      lines.add("part of", task.parent.map { "task \($0)" }, orElse: "a task that is not listed")
    } else {
      lines.add("made in", maker(of: task, spec), orElse: "not known")
      lines.add("made by", task.parent.map { "task \($0)" }, orElse: "no task")
    }
    lines.add("children", text(of: children), orElse: "no task")
    lines.add(
      "awaited by", task.awaitedBy.isEmpty ? nil : CommandError.tasks(task.awaitedBy),
      orElse: "no task")
    lines.add(
      isChild ? "seen for" : task.state.isLive ? "age" : "lived",
      DurationStyle.sentence(task.age, spec))
    // Swift runs its children without telling the library of their steps.
    lines.add("steps", isChild ? nil : "\(task.steps)", orElse: "not counted")
    if let times = task.times { lines.add("times", text(times, spec)) }
    lines.add("cancels", cancels(task, spec))
    lines.add("asked by", requests(of: task, spec))
    return lines.render(spec)
  }

  /// Returns the line that made it; what says itself what it runs was typed by a person.
  private static func maker(of task: TaskSnapshot, _ spec: RenderSpec) -> String? {
    if let site = site(task.creationSite, spec) { return site }
    guard task.parent == nil, !task.operation.isEmpty else { return nil }
    switch task.role {
    case .main: return "the prompt"
    case .task: return "the prompt, by spawn"
    case .tool, .child: return nil
    }
  }

  private static func text(of children: TaskChildren) -> String? {
    let found = children.ids.isEmpty ? nil : CommandError.tasks(children.ids)
    return children.isComplete ? found : (found ?? "none found") + ", not all tasks looked at"
  }

  private static func cancels(_ task: TaskSnapshot, _ spec: RenderSpec) -> String {
    let made =
      task.cancellationCount > task.cancellationRequests ? " of \(task.cancellationCount) made" : ""
    let message = task.cancellationMessage.map { ", \"\(VisibleText.line($0, spec))\"" } ?? ""
    return "\(task.cancellationRequests)" + made + message
  }

  /// Returns who made the requests, the newest first.
  private static func requests(of task: TaskSnapshot, _ spec: RenderSpec) -> [String] {
    let forgotten = task.cancellationCount - task.cancellations.count
    return task.cancellations.reversed().map { RequesterRendering.sentence($0, spec) }
      + (forgotten > 0 ? ["\(CountLine.counted(forgotten, "request")) before these"] : [])
  }

  private static func text(_ times: TaskTimes, _ spec: RenderSpec) -> String {
    "busy \(DurationStyle.sentence(times.busy, spec)), "
      + "scheduled \(DurationStyle.sentence(times.scheduled, spec)), "
      + "idle \(DurationStyle.sentence(times.idle, spec))"
  }

  private static func site(_ site: SourceSite?, _ spec: RenderSpec) -> String? {
    site.map { VisibleText.line($0.description, spec) }
  }

  private static func text(_ text: String, _ spec: RenderSpec) -> String? {
    text.isEmpty ? nil : VisibleText.line(text, spec)
  }
}
