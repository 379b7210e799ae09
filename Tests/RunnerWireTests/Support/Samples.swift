import RunnerCore
import RunnerWire

/// One message of every kind, under the name of its fixture.
enum Samples {
  static let site = SourceSite(
    fileID: "RunnerExamples/Ticker.swift", line: 12, function: "ticker(every:)")

  static let task = TaskSnapshot(
    id: TaskID(2), name: "metro", runner: "main", state: .suspended, role: .task,
    operation: "ticker(every: 0.5)", creationSite: site, parent: TaskID(1),
    wait: WaitSnapshot(
      subject: .timer(remaining: .milliseconds(310)), elapsed: .milliseconds(190), site: site,
      timeoutRemaining: .seconds(2)),
    awaitedBy: [TaskID(1), TaskID(5)], age: .milliseconds(14_200), steps: 29,
    cancellationRequests: 1, cancellationMessage: "enough",
    cancellations: [
      CancellationSnapshot(
        requester: .task(TaskID(1)), site: site, message: "enough", elapsed: .milliseconds(20))
    ],
    cancellationCount: 1,
    times: TaskTimes(busy: .milliseconds(1), scheduled: .microseconds(30), idle: .seconds(14)))

  static let runner = RunnerSnapshot(
    name: "main", phase: .initialized, activity: .running, isStarted: true, liveTasks: 3,
    endedTasks: 4, unreadErrors: 1, mainTask: TaskID(1))

  static let job = JobSnapshot(
    id: JobID(1), runner: "main", expression: "countdown(3)", task: TaskID(1),
    state: .returned(ValueSnapshot(type: "String", text: "liftoff")), elapsed: .seconds(3),
    cpuTime: .milliseconds(2))

  static let error = ErrorSnapshot(type: "ExampleError", message: "failed after 1 s")

  static let requesters: [CancellationSnapshot.Requester] = [
    .task(TaskID(2)), .callback, .thread("pool_1"), .interrupt, .close, .timeout, .taskGroup, .tool,
    .swift,
  ]

  static let threadJobs = [
    ThreadJobSnapshot(thread: "main_0", elapsed: .seconds(2), site: site), ThreadJobSnapshot(),
  ]

  /// A live task for everything that a task can wait for, and an ended one for every ending.
  static let tasks: [TaskSnapshot] = {
    let subjects: [WaitSnapshot.Subject] = [
      .nextIteration, .timer(remaining: .milliseconds(-3)), .task(TaskID(2)),
      .tasks([TaskID(2), TaskID(3)]), .future(7, label: "reply"), .readable(descriptor: 9),
      .writable(descriptor: 10), .outside(.sleep), .object(.lock, number: 8, label: "ledger"),
      .anyTask([TaskID(2), TaskID(3)]), .object(.executor, number: 1, label: "main"),
      .object(.executor, number: 1, label: "main"),
    ]
    let works: [Int: WaitSnapshot.Work] = [
      10: .running(thread: "main_0", elapsed: .seconds(2)), 11: .queued(ahead: 3),
    ]
    let waiting = subjects.enumerated().map { index, subject in
      let isLock = if case .object(.lock, _, _) = subject { true } else { false }
      return TaskSnapshot(
        id: TaskID(UInt64(index + 10)), name: "task-\(index + 10)", runner: "main",
        state: .suspended,
        wait: WaitSnapshot(
          subject: subject,
          holder: isLock
            ? WaitSnapshot.Holder(task: TaskID(2), site: site, elapsed: .seconds(3)) : nil,
          work: works[index]))
    }
    let outcomes: [(TaskState, TaskEnding.Outcome)] = [
      (.finished, .returned(nil)),
      (.finished, .returned(ValueSnapshot(type: "Int", text: "4"))),
      (.failed, .failed(error)),
      (.cancelled, .cancelled(message: nil)),
      (.cancelled, .cancelled(message: "enough")),
    ]
    let ended = outcomes.enumerated().map { index, outcome in
      TaskSnapshot(
        id: TaskID(UInt64(index + 30)), name: "task-\(index + 30)", runner: "other",
        state: outcome.0, role: .tool,
        cancellations: index == 3
          ? requesters.map { CancellationSnapshot(requester: $0, elapsed: .seconds(2)) } : [],
        cancellationCount: index == 3 ? 12 : 0,
        ending: TaskEnding(outcome: outcome.1, elapsed: .seconds(1), wasRead: index == 0))
    }
    return waiting + ended
  }()

  static let loop = LoopSnapshot(
    runner: "main", phase: .running, consistency: .sampled, clock: "monotonic",
    now: .seconds(100), thread: 4711, iterations: 1234, ready: 2, timerCount: 9,
    timers: [
      LoopSnapshot.Timer(remaining: .milliseconds(310), task: TaskID(2)),
      LoopSnapshot.Timer(remaining: .seconds(1), task: nil),
    ],
    descriptors: [
      LoopSnapshot.Descriptor(
        number: 9, watchesReading: true, watchesWriting: true, reader: TaskID(2),
        writer: TaskID(3))
    ],
    liveTasks: 3, step: LoopSnapshot.Step(task: TaskID(3), elapsed: .seconds(2)),
    busyTime: .milliseconds(120), waitingTime: .seconds(99), isDebugging: true,
    threadPool: ThreadPoolSnapshot(
      name: "main", threads: 2, idle: 1, limit: 6, queued: 1, jobs: threadJobs),
    stepTimes: StepTimes(
      count: 1234, median: .microseconds(12), percentile90: .microseconds(40),
      percentile99: .milliseconds(2), maximum: .milliseconds(310)),
    slowSteps: [
      SlowStep(
        task: TaskID(3), name: "busy", duration: .milliseconds(310), elapsed: .seconds(9),
        site: site),
      SlowStep(task: nil, duration: .milliseconds(120), elapsed: .seconds(40)),
    ],
    instruments: ["Tracer"], introspection: "full")

  static let jobs: [JobSnapshot] = {
    let states: [JobSnapshot.State] = [
      .running, .returned(nil), .returned(ValueSnapshot(type: "Int", text: "4")),
      .failed(error), .cancelled, .interrupted(mainIsPending: true),
    ]
    return states.enumerated().map { index, state in
      JobSnapshot(
        id: JobID(index + 1), runner: "main", expression: "sleep(30)", task: nil, state: state,
        elapsed: .seconds(1))
    }
  }()

  static let cell = CellRequest(source: "let n = nme + 1", firstLine: 12, number: 7)

  static let cellJob = JobSnapshot(
    id: JobID(1), runner: "main", expression: "let n = 4", task: TaskID(1), state: .running,
    elapsed: .seconds(3))

  static let binding = ValueBinding(name: "n", value: ValueSnapshot(type: "Int", text: "4"))

  static let diagnostic = CellDiagnostic(
    severity: .error, message: "cannot find 'nme' in scope",
    position: CellDiagnostic.Position(file: "cell 3", line: 1, column: 9, length: 3),
    sourceLine: "let n = nme + 1", fixIts: ["replace 'nme' with 'name'"],
    notes: [CellDiagnostic(severity: .note, message: "'name' declared here")])

  static let warning = CellDiagnostic(
    severity: .warning, message: "variable 'm' was never used",
    position: CellDiagnostic.Position(file: "cell 3", line: 2, column: 5))

  static let outcomes: [CancelOutcome] = [
    CancelOutcome(result: .cancelled(after: .microseconds(400)), task: task),
    CancelOutcome(result: .ended(.returned(nil), after: .milliseconds(5)), task: task),
    CancelOutcome(result: .ignored(for: .seconds(2)), task: task),
    CancelOutcome(result: .alreadyEnded, task: task),
    CancelOutcome(result: .requestedOnly, task: task),
  ]

  static let context = ContextSnapshot(
    owner: .task(TaskID(2)),
    entries: [
      ContextSnapshot.Entry(
        name: "user", value: ValueSnapshot(type: "String", text: "ada…"), digest: 42)
    ])

  static let stack = TaskStack(
    task: task, kind: .running,
    frames: [
      StackFrame(
        function: "sleep(_:)", fullName: "RunnerCore.sleep(Swift.Double) async throws -> ()",
        module: "RunnerCore", path: "/src/Sleep.swift", line: 12, resumption: .await(1),
        isFolded: true),
      StackFrame(
        function: "ticker(every:)",
        fullName: "RunnerExamples.ticker(every: Swift.Double) async throws -> ()",
        module: "RunnerExamples", path: "/src/Ticker.swift", line: 12, resumption: .suspension(2)),
      StackFrame(function: "program+0x1f40"),
    ], systemCall: "nanosleep", note: "The stack goes on.")

  static let report = CloseReport(
    didClose: true, duration: .milliseconds(1003), rounds: 2, cancelledTasks: 3, finishedTasks: 1,
    failedTasks: 1, closedGenerators: 2, refusedTasks: [task], unfinishedJobs: threadJobs,
    wasInterrupted: false)

  static let query = TaskQuery(
    runner: "main", states: [.suspended, .ready], namePattern: "fetch*", includesToolTasks: true,
    order: .age, limit: 50, includesParts: true)

  /// A part of a long listing, around a task.
  static let window = TaskQuery(
    order: .waiting, isReversed: true, limit: 60, offset: 1200, anchor: TaskID(1234))

  static let calls: [(String, WireCall)] = [
    ("runners", .runners),
    ("tasks", .tasks(WireTaskQuery(query))),
    ("tasks-window", .tasks(WireTaskQuery(window))),
    ("task", .task(2)),
    ("stack", .stack(2)),
    ("history", .history(WireTaskQuery(TaskQuery()))),
    ("loop", .loop(runner: "main")),
    ("context", .context(WireContextOwner(.runner("main")))),
    (
      "makeRunner",
      .makeRunner(
        WireRunnerOptions(
          RunnerOptions(
            name: "lab", isDebugging: true, usesVirtualTime: true, startsTasksEagerly: true,
            closeDeadline: .seconds(5))))
    ),
    ("startRunner", .startRunner("main")),
    ("stopRunner", .stopRunner("main")),
    ("run", .run(expression: "countdown(3)", runner: "main")),
    ("spawn", .spawn(expression: "ticker(every: 0.5)", runner: "main", name: "metro")),
    ("evaluate", .evaluate(WireCellRequest(cell), runner: "main")),
    ("typeOf", .typeOf(WireCellRequest(CellRequest(source: "[1, 2]", file: "type")))),
    ("variables", .variables(runner: "main")),
    ("complete", .complete(after: "let n = total.", prefix: "fi")),
    ("forgetCells", .forgetCells),
    ("jobs", .jobs),
    ("waitForJob", .waitForJob(1, limit: nil)),
    ("waitForTask", .waitForTask(2, limit: 1_500_000_000)),
    (
      "cancel",
      .cancel(
        WireCancelRequest(
          CancelRequest(tasks: [TaskID(2)], includesChildren: true, message: "enough")))
    ),
    ("interrupt", .interrupt("main")),
    ("close", .close("main", deadline: 5_000_000_000)),
    ("abandonWaits", .abandonWaits),
  ]

  static let results: [(String, WireResult)] = [
    ("runner", .runner(WireRunnerSnapshot(runner))),
    (
      "runners",
      .runners([
        WireRunnerSnapshot(runner),
        WireRunnerSnapshot(RunnerSnapshot(name: "lab", phase: .created)),
      ])
    ),
    ("task", .task(WireTaskSnapshot(task))),
    ("stack", .stack(WireTaskStack(stack))),
    (
      "listing",
      .listing(
        WireTaskListing(
          TaskListing(
            tasks: tasks, matching: 13, total: 20, remembered: 18, consistency: .exact)))
    ),
    ("loop", .loop(WireLoopSnapshot(loop))),
    ("context", .context(WireContextSnapshot(context))),
    ("job", .job(WireJobSnapshot(job))),
    (
      "cell",
      .cell(
        WireCellStart(
          CellStart(
            number: 3, job: cellJob, declaredNames: ["n"], compileTime: .milliseconds(110),
            warnings: [warning])))
    ),
    ("rejected", .rejected([WireCellDiagnostic(diagnostic)])),
    ("type", .type("[Int]")),
    ("variables", .variables([WireValueBinding(binding)])),
    (
      "completions",
      .completions([WireSwiftCompletion(SwiftCompletion(text: "first", note: "Int?"))])
    ),
    ("jobs", .jobs(jobs.map { WireJobSnapshot($0) })),
    ("outcomes", .outcomes(outcomes.map { WireCancelOutcome($0) })),
    ("interrupt", .interrupt(WireInterruptOutcome(.cancelRequested(TaskID(1))))),
    ("report", .report(WireCloseReport(report))),
    ("done", .done),
  ]

  static let others: [(String, WireMessage)] = [
    (
      "hello-client",
      .hello(
        WireHello(
          program: "runner-repl", programVersion: "0.1", processID: 4700, firstTaskNumber: 12,
          firstJobNumber: 3))
    ),
    (
      "hello-server",
      .hello(WireHello(program: "runner-repl", programVersion: "0.1", processID: 4711))
    ),
    (
      "reply-error",
      .reply(
        WireReply(
          id: 7,
          outcome: .failure(
            WireFailure(RunnerError(.notFound, "There is no task 99. Type 'ps' for the list.")))))
    ),
    (
      "reply-error-without-id",
      .reply(
        WireReply(
          id: nil,
          outcome: .failure(
            WireFailure(WireError(.malformedMessage, "The message is not valid JSON.")))))
    ),
    ("event-jobEnded", .event(.jobEnded(WireJobSnapshot(job)))),
    ("event-deadlock", .event(.deadlock(runner: "main", tasks: [3, 4]))),
    (
      "event-stalled",
      .event(
        .stalled(
          runner: "main", tasks: [1, 3],
          wait: WireWaitSnapshot(
            WaitSnapshot(
              subject: .object(.event, number: 7, label: "go"), elapsed: .seconds(1), site: site))))
    ),
    ("event-runnerFailed", .event(.runnerFailed(runner: "main", error: WireErrorSnapshot(error)))),
    ("event-note", .event(.note("Two lines of output were dropped."))),
  ]

  static let messages: [String: WireMessage] = {
    var messages = Dictionary(uniqueKeysWithValues: others)
    for (name, call) in calls {
      messages["call-\(name)"] = .request(WireRequest(id: 7, call: call))
    }
    for (name, result) in results {
      messages["result-\(name)"] = .reply(WireReply(id: 7, outcome: .result(result)))
    }
    return messages
  }()
}
