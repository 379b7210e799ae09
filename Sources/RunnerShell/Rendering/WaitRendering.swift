package import RunnerCore

/// Says in a few words what a task waits for.
package enum WaitRendering {
  /// Returns the words: `sleep, 0.31 s left`, `task 3, 1.2 s`; empty for a task that does not wait.
  package static func text(
    _ wait: WaitSnapshot?, withElapsed: Bool = true, _ spec: RenderSpec
  ) -> String {
    guard let wait else { return "" }
    var parts = [thing(wait, spec)]
    if withElapsed, !isTimed(wait), let elapsed = wait.elapsed {
      parts.append(DurationStyle.sentence(elapsed, spec))
    }
    if let left = wait.timeoutRemaining {
      parts.append("timeout in \(DurationStyle.sentence(left, spec))")
    }
    return parts.joined(separator: ", ")
  }

  /// The place where a task waits, or else where it was made.
  package static func site(of task: TaskSnapshot) -> SourceSite? {
    task.wait?.site ?? task.creationSite
  }

  /// Returns a place as a cell of a table.
  package static func place(_ site: SourceSite?, _ spec: RenderSpec) -> Table.Cell {
    guard let site else { return "" }
    return Table.Cell(
      VisibleText.line(site.description, spec),
      short: VisibleText.line("\(site.fileName):\(site.line)", spec), style: .dim)
  }

  /// Returns what it waits for, without times: `lock 'db' held by task 4 at Store.swift:12`.
  package static func thing(_ wait: WaitSnapshot, _ spec: RenderSpec) -> String {
    if let work = wait.work, case .object(.executor, let number, let label) = wait.subject {
      return self.work(work, onPool: identity(number, label, spec), spec)
    }
    let words = subject(wait.subject, spec)
    guard let holder = wait.holder else { return words }
    return "\(words) held by task \(holder.task)\(taking(holder, spec))"
  }

  /// Returns since when and where a lock was taken: ` for 3.2 s at Store.swift:12`.
  static func taking(_ holder: WaitSnapshot.Holder, _ spec: RenderSpec) -> String {
    let time = holder.elapsed.map { " for " + DurationStyle.sentence($0, spec) } ?? ""
    return time + (holder.site.map { " at " + shortPlace($0, spec) } ?? "")
  }

  private static func work(
    _ work: WaitSnapshot.Work, onPool pool: String, _ spec: RenderSpec
  ) -> String {
    switch work {
    case .running(let thread, let elapsed):
      "work on thread \(VisibleText.excerpt(thread, spec)), running for "
        + DurationStyle.sentence(elapsed, spec)
    case .queued(0): "work on pool \(pool), next in its queue"
    case .queued(let ahead): "work on pool \(pool), queued behind \(ahead)"
    }
  }

  /// Returns `Store.swift:12`.
  static func shortPlace(_ site: SourceSite, _ spec: RenderSpec) -> String {
    VisibleText.line("\(site.fileName):\(site.line)", spec)
  }

  /// Returns the label in quotes, or else the number.
  static func identity(_ number: UInt64, _ label: String, _ spec: RenderSpec) -> String {
    label.isEmpty ? "\(number)" : "'\(VisibleText.excerpt(label, spec))'"
  }

  private static func subject(_ subject: WaitSnapshot.Subject, _ spec: RenderSpec) -> String {
    switch subject {
    case .nextIteration: "the next iteration"
    case .timer(let remaining) where remaining < .zero:
      "sleep, \(DurationStyle.sentence(.zero - remaining, spec)) overdue"
    case .timer(let remaining): "sleep, \(DurationStyle.sentence(remaining, spec)) left"
    case .task(let id): "task \(id)"
    case .tasks(let ids): tasks(ids)
    case .anyTask(let ids): ids.count == 1 ? tasks(ids) : "the first of \(tasks(ids))"
    case .future(let number, let label):
      label.isEmpty ? "future \(number)" : "future \(number) \(VisibleText.excerpt(label, spec))"
    case .object(let object, let number, let label):
      "\(words(object)) \(identity(number, label, spec))"
    case .readable(let descriptor): "input on fd \(descriptor)"
    case .writable(let descriptor): "output on fd \(descriptor)"
    case .outside(let what): words(what)
    }
  }

  private static func words(_ object: WaitedObject) -> String {
    switch object {
    case .queueItem: "an item of queue"
    case .queueSpace: "room in queue"
    case .queueJoin: "the end of queue"
    case .executor: "work on pool"
    case .lock, .event, .condition, .semaphore, .barrier, .generator: object.rawValue
    }
  }

  private static func words(_ what: OutsideWait) -> String {
    switch what {
    case .unknown: "something outside"
    case .continuation: "a continuation"
    case .sleep: "Task.sleep"
    case .stream: "an AsyncStream"
    case .executor: "its turn on an executor"
    case .task: "a task outside"
    case .group: "a task group"
    }
  }

  /// Returns `tasks 3, 4`, and of many the first and their number: `tasks 3, 4, 5, 12 in all`.
  private static func tasks(_ ids: [TaskID]) -> String {
    guard !ids.isEmpty else { return "several tasks" }
    let first = ids.sorted().prefix(4).map(\.description).joined(separator: ", ")
    return (ids.count == 1 ? "task " : "tasks ") + first
      + (ids.count > 4 ? ", \(ids.count) in all" : "")
  }

  /// Whether the words say for how long already, or until when.
  private static func isTimed(_ wait: WaitSnapshot) -> Bool {
    if case .timer = wait.subject { return true }
    if case .running = wait.work { return true }
    return wait.subject == .nextIteration
  }
}
