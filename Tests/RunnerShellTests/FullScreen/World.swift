import RunnerCore
import RunnerShell

/// Tasks and a loop at a moment that a test chooses; answers as an inspector does.
struct World {
  var tasks: [TaskSnapshot]
  var loop = LoopSnapshot(
    runner: "main", phase: .waiting, iterations: 1000, busyTime: .seconds(5),
    waitingTime: .seconds(15))
  private var now = Duration.zero
  /// The most tasks that one answer had.
  private(set) var largest = 0

  init(tasks count: Int) {
    tasks = (0..<count).map { Self.task($0 + 1, "task-\($0 + 1)") }
  }

  static func task(_ number: Int, _ name: String) -> TaskSnapshot {
    TaskSnapshot(
      id: TaskID(UInt64(number)), name: name, runner: "main", state: .suspended,
      wait: WaitSnapshot(
        subject: .timer(remaining: .seconds(number)), elapsed: .seconds(number),
        site: SourceSite(fileID: "Module/File.swift", line: number, function: "f(_:)")),
      age: .seconds(number), steps: UInt64(number * 10))
  }

  /// A view of this world that has had its first look.
  mutating func view(columns: Int, rows: Int) -> TopView {
    var view = TopView()
    view.resize(to: ScreenSize(columns: columns, rows: rows))
    look(&view)
    return view
  }

  mutating func pass(seconds: Int, busy: Duration, iterations: UInt64) {
    now += .seconds(seconds)
    loop.busyTime += busy
    loop.iterations += iterations
  }

  /// Presses keys, and answers what the view asks for.
  mutating func press(_ view: inout TopView, _ keys: ScreenKey...) {
    for key in keys where view.press(key) == .ask { look(&view) }
  }

  /// Lets the view look until it is content.
  @discardableResult
  mutating func look(_ view: inout TopView) -> FullScreenAction {
    var action = view.take(answer(view.question))
    for _ in 0..<3 where action == .ask { action = view.take(answer(view.question)) }
    return action
  }

  private mutating func answer(_ question: TopQuestion) -> TopPicture {
    let query = question.query
    var found = tasks.filter { task in
      guard let pattern = query.namePattern else { return true }
      if pattern == "task-?" { return task.name.count == 6 }
      return task.name.contains(pattern.drop { $0 == "*" }.dropLast())
    }
    let matching = found.count
    if query.isReversed { found.reverse() }
    var offset = min(query.offset, matching)
    let limit = query.limit ?? matching
    if let index = found.firstIndex(where: { $0.id == query.anchor }),
      !(offset..<offset + limit).contains(index)
    {
      offset = max(0, min(index - limit / 2, matching - limit))
    }
    let listed = Array(found.dropFirst(offset).prefix(limit))
    largest = max(largest, listed.count)
    let runner = RunnerSnapshot(
      name: "main", phase: .initialized, activity: .turning, isStarted: true,
      liveTasks: tasks.count, endedTasks: 7, unreadErrors: 1)
    let detail = tasks.first { $0.id == question.detail }
    return TopPicture(
      question: question, runners: [runner], loops: ["main": loop],
      listing: TaskListing(tasks: listed, matching: matching, total: tasks.count, offset: offset),
      detail: detail.map { TopPicture.Detail(task: $0, children: .none) }, takenAt: now,
      timeOfDay: "12:00:00")
  }
}

extension TopView {
  /// The screen as text.
  var text: String {
    frame().rows.map { row in
      String(row.line.plain.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }

  var selectedLine: String { frame().rows.first(where: \.isSelected)?.line.plain ?? "" }
}
