internal import RunnerCore

/// Says in a sentence what a runner's loop does.
enum LoopStateRendering {
  static func sentence(_ explanation: Explanation, _ spec: RenderSpec) -> String {
    let runner = VisibleText.excerpt(explanation.runner, spec)
    let tasks = CountLine.counted(explanation.liveTasks, "task")
    switch explanation.loop {
    case .notMade:
      return
        "\(runner) has no loop yet, because nothing was asked of it: 'start \(runner)' makes it"
    case .closed: return "\(runner) is closed: nothing of it ever goes on"
    case .standing: return standing(explanation.liveTasks, runner)
    case .empty: return "\(runner) has nothing to do: \(ended(explanation.endedTasks))"
    case .blocked(let step, let name):
      return "the loop of \(runner) is blocked for "
        + "\(DurationStyle.sentence(step.elapsed, spec)) in \(blocker(step, name, spec)): "
        + "nothing else goes on meanwhile"
    case .busy(let queued):
      return "the loop of \(runner) is at work"
        + (queued > 0 ? ", with \(CountLine.counted(queued, "step")) queued" : "")
    case .timer(let remaining, let task):
      let owner = task.map { "task \($0)" } ?? "a callback"
      return "the loop of \(runner) waits for its next timer, that of \(owner), "
        + ReasonRendering.time(remaining, spec)
    case .descriptors(let numbers):
      return "the loop of \(runner) waits for input or output on fd "
        + numbers.prefix(8).map(\.description).joined(separator: ", ")
        + (numbers.count > 8 ? " and \(numbers.count - 8) more" : "")
    case .threads(let count):
      return "the loop of \(runner) waits for work on other threads, with "
        + CountLine.counted(count, "task")
    case .outside(let count):
      return "the loop of \(runner) waits for something outside of the library, with "
        + CountLine.counted(count, "task")
    case .stalled:
      return explanation.liveTasks == 1
        ? "nothing inside the loop of \(runner) can wake its task, only another thread could"
        : "nothing inside the loop of \(runner) can wake one of its \(tasks), "
          + "only another thread could"
    case .waiting: return "the loop of \(runner) waits"
    }
  }

  /// Returns who holds up a loop: `task 3 fetch at Spin.swift:7, in the system call read`.
  static func blocker(_ step: LoopSnapshot.Step, _ name: String, _ spec: RenderSpec) -> String {
    var words = step.task.map { "task \($0)" } ?? "a callback"
    if !name.isEmpty { words += " " + VisibleText.excerpt(name, limit: 40, spec) }
    if let site = step.site { words += " at " + WaitRendering.shortPlace(site, spec) }
    return words + systemCall(of: step, spec)
  }

  /// Returns `, in the system call read`, or nothing.
  static func systemCall(of step: LoopSnapshot.Step, _ spec: RenderSpec) -> String {
    step.systemCall.map { ", in the system call \(VisibleText.excerpt($0, spec))" } ?? ""
  }

  private static func standing(_ tasks: Int, _ runner: String) -> String {
    let begin = "nobody runs the loop of \(runner)"
    return switch tasks {
    case 0: "\(begin), which has no task: 'start \(runner)' does"
    case 1: "\(begin), so its task stands still: 'start \(runner)' lets it go on"
    default: "\(begin), so its \(tasks) tasks stand still: 'start \(runner)' lets them go on"
    }
  }

  private static func ended(_ count: Int) -> String {
    switch count {
    case 0: "no task was made yet"
    case 1: "its only task has ended"
    default: "all of its \(count) tasks have ended"
    }
  }
}
