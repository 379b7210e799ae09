import RunnerCore

/// The worlds in which transcripts play.
enum Scenario: String {
  /// Nothing is there, and the usual coroutines do what they do.
  case empty
  /// A few tasks in all states, a busy loop, contexts, a history.
  case busy
  /// Two tasks that await each other, a parent with two children.
  case deadlock
  /// More tasks than fit.
  case crowd
  /// A task for every reason why one does not go on, on a loop that turns.
  case reasons
  /// Two tasks that hold one lock each and wait for that of the other.
  case locks
  /// A run whose task waits for something that nothing in it can give.
  case stalled
  /// Swift compiles, or does not.
  case cells

  var controller: ScriptedController {
    var state = ScriptedController.State()
    state.runs = Self.runs
    switch self {
    case .empty: break
    case .busy: Self.fillBusy(&state)
    case .deadlock: Self.fillDeadlock(&state)
    case .crowd:
      state.total = 10_000
      state.tasks = (1...60).map { Self.task(UInt64($0), "sleeper-\($0)") }
    case .reasons: Self.fillReasons(&state)
    case .locks: Self.fillLocks(&state)
    case .stalled: Self.fillStalled(&state)
    case .cells: Self.fillCells(&state)
    }
    return ScriptedController(state)
  }

  private static let runs: [String: ScriptedController.RunBehavior] = [
    "countdown": .ends(.returned(nil)), "pair": .ends(.returned(pair)),
    "poem": .ends(.returned(ValueSnapshot(type: "String", text: "a\u{1B}[31m\nb"))),
    "fail": .ends(.failed(ErrorSnapshot(type: "ExampleError", message: "failed on purpose"))),
    "sleep": .needsInterrupts(1, then: .interrupted(mainIsPending: false)),
    "stubborn": .needsInterrupts(2, then: .interrupted(mainIsPending: true)), "spin": .blocks,
    "quits": .ends(.cancelled), "ticker": .blocks,
  ]

  private static let pair = ValueSnapshot(type: "[Int]", text: "[1, 4]")

  static func site(_ file: String, _ line: Int, _ function: String) -> SourceSite {
    SourceSite(fileID: "RunnerExamples/\(file)", line: line, function: function)
  }

  static func task(
    _ id: UInt64, _ name: String, _ subject: WaitSnapshot.Subject = .timer(remaining: .seconds(3))
  ) -> TaskSnapshot {
    TaskSnapshot(
      id: TaskID(id), name: name, runner: "main", state: .suspended,
      wait: WaitSnapshot(
        subject: subject, elapsed: .seconds(2), site: site("Stubborn.swift", 12, "stubborn(_:)")),
      age: .seconds(200))
  }

  private static func fillBusy(_ state: inout ScriptedController.State) {
    state.runners = [
      RunnerSnapshot(
        name: "main", phase: .initialized, activity: .turning, isStarted: true, endedTasks: 3,
        unreadErrors: 1),
      RunnerSnapshot(name: "work", phase: .initialized),
    ]
    var running = task(4, "fetch")
    running.state = .running
    running.wait = nil
    running.cancellationRequests = 1
    running.cancellationMessage = "enough"
    running.cancellations = [
      CancellationSnapshot(
        requester: .task(TaskID(2)), site: site("Family.swift", 9, "family(_:)"),
        message: "enough", elapsed: .seconds(3)),
      CancellationSnapshot(requester: .thread("pool\u{1B}_1"), elapsed: .seconds(2)),
    ]
    running.cancellationCount = 11
    running.times = TaskTimes(
      busy: .milliseconds(1800), scheduled: .microseconds(40), idle: .seconds(198))
    running.operation = "spin(5)"
    running.creationSite = site("Family.swift", 7, "family(_:)")
    running.parent = TaskID(2)
    running.awaitedBy = [TaskID(2)]
    var other = task(9, "fetch", .readable(descriptor: 7))
    other.runner = "work"
    state.tasks = [
      task(2, "parent", .tasks([TaskID(3), TaskID(4)])),
      task(3, "evil\u{1B}[2J\nname", .outside(.unknown)),
      running, task(7, "stubborn", .task(TaskID(4))), other,
    ]
    state.nextTask = 10
    state.consistency = .sampled
    state.outcomes = [
      TaskID(2): .cancelled(after: .milliseconds(12)),
      TaskID(3): .ended(.returned(nil), after: .milliseconds(12)),
      TaskID(4): .ended(
        .failed(ErrorSnapshot(type: "Boom", message: "in cleanup")), after: .milliseconds(310)),
      TaskID(7): .ignored(for: .seconds(2)), TaskID(9): .requestedOnly,
    ]
    state.ended = endedTasks
    state.loops["main"] = LoopSnapshot(
      runner: "main", phase: .running, consistency: .sampled, now: .seconds(20), thread: 4711,
      iterations: 812, ready: 2, timerCount: 5,
      timers: [
        LoopSnapshot.Timer(remaining: .milliseconds(-40), task: TaskID(2)),
        LoopSnapshot.Timer(remaining: .milliseconds(310), task: nil),
      ],
      descriptors: [
        LoopSnapshot.Descriptor(
          number: 7, watchesReading: true, watchesWriting: true, reader: TaskID(9))
      ],
      liveTasks: 4,
      step: LoopSnapshot.Step(
        task: TaskID(4), elapsed: .milliseconds(1800), site: site("Spin.swift", 8, "spin(_:)")),
      busyTime: .seconds(5), waitingTime: .seconds(15),
      threadPool: ThreadPoolSnapshot(
        name: "main", threads: 2, idle: 1, limit: 6, queued: 1,
        jobs: [
          ThreadJobSnapshot(
            thread: "main_0", elapsed: .seconds(2), site: site("Files.swift", 31, "read(_:)")),
          ThreadJobSnapshot(),
        ]),
      stepTimes: StepTimes(
        count: 10_312, median: .microseconds(12), percentile90: .microseconds(40),
        percentile99: .milliseconds(2), maximum: .milliseconds(310)),
      slowSteps: [
        SlowStep(task: nil, duration: .milliseconds(120), elapsed: .seconds(40)),
        SlowStep(
          task: TaskID(4), name: "fetch", duration: .milliseconds(310), elapsed: .seconds(9),
          site: site("Family.swift", 7, "family(_:)")),
      ],
      instruments: ["Tracer"], introspection: "full")
    fillContexts(&state)
    fillStacks(&state)
    state.report.cancelledTasks = 2
    state.report.finishedTasks = 1
    state.report.refusedTasks = [task(7, "stubborn")]
    state.report.closedGenerators = 1
    state.report.unfinishedJobs = [
      ThreadJobSnapshot(
        thread: "main_0", elapsed: .seconds(2), site: site("Files.swift", 31, "read(_:)"))
    ]
  }

  private static var endedTasks: [TaskSnapshot] {
    var returned = task(1, "Task-1")
    returned.state = .finished
    returned.ending = TaskEnding(outcome: .returned(pair), elapsed: .seconds(12), wasRead: true)
    var failed = task(5, "Task-5")
    failed.state = .failed
    failed.ending = TaskEnding(
      outcome: .failed(ErrorSnapshot(type: "Boom", message: "bad\u{7}")), elapsed: .seconds(10),
      wasRead: false)
    var cancelled = task(6, "Task-6")
    cancelled.state = .cancelled
    cancelled.cancellationMessage = "enough"
    cancelled.cancellations = [
      CancellationSnapshot(requester: .tool, message: "enough", elapsed: .seconds(8))
    ]
    cancelled.cancellationCount = 1
    cancelled.ending = TaskEnding(
      outcome: .cancelled(message: "enough"), elapsed: .seconds(8), wasRead: true)
    return [returned, failed, cancelled].map {
      var task = $0
      task.wait = nil
      return task
    }
  }

  private static func fillStacks(_ state: inout ScriptedController.State) {
    func frame(
      _ function: String, _ file: String?, _ line: Int?, _ number: Int? = 1, folded: Bool = false
    ) -> StackFrame {
      StackFrame(
        function: function, fullName: "Work.\(function) async throws -> ()", module: "Work",
        path: file.map { "/src/\($0)" }, line: line, resumption: number.map { .await($0) },
        isFolded: folded)
    }
    let tasks = state.tasks + state.ended
    func stack(
      _ id: UInt64, _ kind: TaskStack.Kind, _ frames: [StackFrame] = [], call: String? = nil,
      note: String = ""
    ) {
      guard let task = tasks.first(where: { $0.id.number == id }) else { return }
      state.stacks[task.id] = TaskStack(
        task: task, kind: kind, frames: frames, systemCall: call, note: note)
    }
    stack(
      2, .suspended,
      [
        frame("wait(_:)", "Wait.swift", 9, folded: true), frame("load(_:)", "Work.swift", 41, 2),
        frame("main()", "Work.swift", 7), frame("run(_:)", nil, nil, nil, folded: true),
      ])
    stack(3, .suspended, [frame("evil\u{1B}[2J", "Evil\n.swift", 3)], note: "It goes on.")
    stack(4, .running, [frame("parse(_:)", "Work.swift", 12, nil)], call: nil)
    stack(7, .unknown, note: "The task's functions are not known here.")
    stack(9, .running, call: "nanosleep", note: "The thread waits in nanosleep.")
    stack(1, .ended)
  }

  private static func fillContexts(_ state: inout ScriptedController.State) {
    func entry(_ name: String, _ text: String) -> ContextSnapshot.Entry {
      ContextSnapshot.Entry(name: name, value: ValueSnapshot(type: "String", text: text))
    }
    for (owner, entries) in [
      (.runner("main"), [entry("user", "ada"), entry("trace", "t-1")]),
      (.task(TaskID(2)), [entry("user", "ada"), entry("trace", "t-1")]),
      (.task(TaskID(7)), [entry("user", "bob"), entry("trace", "t-1"), entry("depth", "3")]),
    ] as [(ContextSnapshot.Owner, [ContextSnapshot.Entry])] {
      state.contexts[owner] = ContextSnapshot(owner: owner, entries: entries)
    }
    state.contexts[.task(TaskID(2))]?.locals = [
      ContextSnapshot.Local(
        name: "Server.request", module: "Server", value: ValueSnapshot(type: "Int", text: "4"),
        isInherited: true),
      ContextSnapshot.Local(name: "Server.user", module: "Server", value: nil, isInherited: false),
    ]
  }

  private static func fillDeadlock(_ state: inout ScriptedController.State) {
    state.runners = [
      RunnerSnapshot(name: "main", phase: .initialized, activity: .turning, isStarted: true)
    ]
    state.tasks = [
      task(2, "deadlock-a", .task(TaskID(3))), task(3, "deadlock-b", .task(TaskID(2))),
      task(4, "parent", .tasks([TaskID(5), TaskID(6)])), task(5, "child-1"),
      task(6, "child-2", .task(TaskID(5))),
    ]
    state.loops["main"] = LoopSnapshot(runner: "main", phase: .running, timerCount: 1)
  }
}
