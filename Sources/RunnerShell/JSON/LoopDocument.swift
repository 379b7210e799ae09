package import RunnerCore

/// The document of `loop --json`.
package struct LoopDocument: JSONDocument {
  package struct Timer: Encodable, Sendable {
    package var remaining: Double
    @Nullable package var task: UInt64?
  }

  package struct Descriptor: Encodable, Sendable {
    package var number: Int32
    package var watchesReading: Bool
    package var watchesWriting: Bool
    @Nullable package var reader: UInt64?
    @Nullable package var writer: UInt64?
  }

  package struct Step: Encodable, Sendable {
    @Nullable package var task: UInt64?
    package var elapsed: Double
    @Nullable package var site: SiteRecord?
    @Nullable package var systemCall: String?
  }

  package let schema = "runner-repl/loop/1"
  package var runner: String
  package var phase: String
  package var consistency: String
  package var clock: String
  package var now: Double
  @Nullable package var thread: Int32?
  package var iterations: UInt64
  package var ready: Int
  package var timerCount: Int
  package var timers: [Timer]
  package var descriptors: [Descriptor]
  package var liveTasks: Int
  @Nullable package var step: Step?
  package var busyTime: Double
  package var waitingTime: Double
  package var isDebugging: Bool
  @Nullable package var threadPool: ThreadPool?
  @Nullable package var stepTimes: StepTimesRecord?
  package var slowSteps: [SlowStepRecord]
  package var instruments: [String]
  @Nullable package var introspection: String?

  package init(_ loop: LoopSnapshot) {
    runner = loop.runner
    phase = loop.phase.rawValue
    consistency = loop.consistency.rawValue
    clock = loop.clock
    now = DurationStyle.seconds(of: loop.now)
    thread = loop.thread
    iterations = loop.iterations
    ready = loop.ready
    timerCount = loop.timerCount
    timers = loop.timers.map {
      Timer(remaining: DurationStyle.seconds(of: $0.remaining), task: $0.task?.number)
    }
    descriptors = loop.descriptors.map {
      Descriptor(
        number: $0.number, watchesReading: $0.watchesReading, watchesWriting: $0.watchesWriting,
        reader: $0.reader?.number, writer: $0.writer?.number)
    }
    liveTasks = loop.liveTasks
    step = loop.step.map {
      Step(
        task: $0.task?.number, elapsed: DurationStyle.seconds(of: $0.elapsed),
        site: $0.site.map(SiteRecord.init), systemCall: $0.systemCall)
    }
    busyTime = DurationStyle.seconds(of: loop.busyTime)
    waitingTime = DurationStyle.seconds(of: loop.waitingTime)
    isDebugging = loop.isDebugging
    threadPool = loop.threadPool.map(ThreadPool.init)
    stepTimes = loop.stepTimes.map(StepTimesRecord.init)
    slowSteps = loop.slowSteps.map(SlowStepRecord.init)
    instruments = loop.instruments
    introspection = loop.introspection.isEmpty ? nil : loop.introspection
  }
}
