/// One event loop, as it was at one moment.
package struct WireLoopSnapshot: Hashable, Sendable, Codable {
  package var runner: String
  package var phase: WireLoopPhase
  package var consistency: WireConsistency
  package var clock: String
  package var now: Int64
  package var thread: Int32?
  package var iterations: UInt64
  package var ready: Int
  package var timerCount: Int
  package var timers: [WireTimer]
  package var descriptors: [WireDescriptor]
  package var liveTasks: Int
  package var step: WireStep?
  package var busyTime: Int64
  package var waitingTime: Int64
  package var isDebugging: Bool
  package var threadPool: WireThreadPool?
  package var stepTimes: WireStepTimes?
  /// Absent, like the two below, when there is none.
  package var slowSteps: [WireSlowStep]?
  package var instruments: [String]?
  package var introspection: String?

  private enum CodingKeys: String, CodingKey {
    case runner
    case phase
    case consistency
    case clock
    case now = "nowNanoseconds"
    case thread
    case iterations
    case ready
    case timerCount
    case timers
    case descriptors
    case liveTasks
    case step
    case busyTime = "busyTimeNanoseconds"
    case waitingTime = "waitingTimeNanoseconds"
    case isDebugging
    case threadPool
    case stepTimes
    case slowSteps
    case instruments
    case introspection
  }
}
