import Glibc
import RunnerCore
import RunnerShell

/// Prints what the commands say of one task, and ends the program.
struct View: Sendable {
  private let inspector: LocalInspector
  private let subject: Kind.Subject
  private let hidesTimes: Bool
  private let spec = RenderSpec()

  /// `hidesTimes` says whether times differ from one run to the next.
  init(_ inspector: LocalInspector, _ subject: Kind.Subject, hidesTimes: Bool) {
    self.inspector = inspector
    self.subject = subject
    self.hidesTimes = hidesTimes
  }

  /// Looks from another thread, as soon as the explanation is the one that is meant.
  func show(when condition: @escaping @Sendable (Explanation) -> Bool) {
    Thread.start {
      var before: [String] = []
      while true {
        if let task = try? find(), let explanation = try? inspector.explanation(of: task.id),
          condition(explanation), let lines = try? lines()
        {
          // A busy machine may not let a thread that is looked at run in time, once.
          if lines == before { finish { lines } }
          before = lines
        }
        usleep(1000)
      }
    }
  }

  /// Looks from inside of the loop.
  func showInside() async throws -> Never {
    // The first look reads the program's tables; a step that takes so long counts as one that blocks
    // its loop, so another one looks again.
    while true {
      try await sleep(0)
      let lines = try lines()
      if let step = try inspector.loop(of: "main").step, step.elapsed < .milliseconds(100) {
        finish { lines }
      }
    }
  }

  func show() -> Never { finish { try lines() } }

  /// Prints the listings of all tasks.
  func showAll() -> Never {
    finish {
      let listing = try inspector.tasks(TaskQuery())
      let lines =
        TaskTable.render(listing, isFiltered: false, spec)
        + TreeDrawing.render(AwaitGraph(listing.tasks), spec)
      return lines.map(\.plain)
    }
  }

  private func finish(_ lines: () throws -> [String]) -> Never {
    do {
      for line in try lines() { print(line) }
      exit(0)
    } catch {
      print("\(error)")
      exit(1)
    }
  }

  /// What the three commands say.
  func lines() throws -> [String] {
    let task = try find()
    return lines("ps", try listed())
      + lines("where", try task.map { try stack(of: $0.id) } ?? [])
      + lines("why", try task.map { try explanation(of: $0.id) } ?? [])
  }

  private func find() throws -> TaskSnapshot? {
    try live() ?? inspector.history(TaskQuery(namePattern: Stage.name)).tasks.first
  }

  private func live() throws -> TaskSnapshot? {
    let tasks = try inspector.tasks(TaskQuery()).tasks
    return switch subject {
    case .own: tasks.first { $0.name == Stage.name }
    case .child: tasks.first { $0.role == .child }
    }
  }

  // MARK: The commands

  /// The columns of `ps` that are the task's.
  private func listed() throws -> [String] {
    guard let task = try live() else { return ["not listed"] }
    let step = try inspector.loop(of: task.runner).step
    let table = TaskTable.table(
      [task], steps: step?.task == task.id ? [task.id: step].compactMapValues(\.self) : [:], spec)
    let cells = zip(table.columns.map(\.title), table.rows[0].map(\.text))
    return cells.filter { ["STATE", "WAITING FOR", ""].contains($0.0) && !$0.1.isEmpty }.map(\.1)
  }

  private func stack(of task: TaskID) throws -> [String] {
    let lines = StackRendering.render(
      try inspector.stack(of: task), showsAll: false, sources: NoSource(), spec
    ).map(\.plain)
    // How many frames the runtime has in between says nothing of the task; the tier is the reader's.
    let reason = RuntimeReader.shared.reason
    return lines.filter { !$0.hasSuffix("--all-frames shows it") && !$0.hasSuffix("shows them") }
      .map { $0.hasSuffix(reason) ? String($0.dropLast(reason.count)) : $0 }
  }

  private func explanation(of task: TaskID) throws -> [String] {
    ExplanationRendering.render(try inspector.explanation(of: task), spec).map(\.plain)
  }

  private func lines(_ command: String, _ lines: [String]) -> [String] {
    lines.map { line in
      "\(command) \(hidesTimes ? line.replacing(/[0-9.]+ (ms|µs|s)\b/, with: "N s") : line)"
    }
  }
}

/// A thread that nobody waits for.
enum Thread {
  private final class Body {
    let execute: @Sendable () -> Void
    init(_ execute: @escaping @Sendable () -> Void) { self.execute = execute }
  }

  static func start(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { argument in
        argument.map { Unmanaged<Body>.fromOpaque($0).takeRetainedValue().execute() }
        return nil
      }, Unmanaged.passRetained(Body(body)).toOpaque())
  }
}
