private import RunnerCore

/// The document of `top --json`: one for each look.
package struct TopDocument: JSONDocument {
  package struct Runner: Encodable, Sendable {
    package var name: String
    package var phase: String
    package var activity: String
    package var liveTasks: Int
    package var endedTasks: Int
    package var unreadErrors: Int
    @Nullable package var busyShare: Double?
    @Nullable package var iterations: UInt64?
    @Nullable package var iterationsPerSecond: Double?
  }

  package let schema = "runner-repl/top/1"
  package var runners: [Runner]
  package var tasks: [TaskRecord]
  package var shown: Int
  package var matching: Int
  package var total: Int
  package var consistency: String

  package init(_ picture: TopPicture, since earlier: TopPicture?) {
    runners = picture.runners.map { runner in
      let rate = picture.rate(of: runner.name, since: earlier)
      return Runner(
        name: runner.name, phase: runner.phase.rawValue, activity: runner.activity.rawValue,
        liveTasks: runner.liveTasks, endedTasks: runner.endedTasks,
        unreadErrors: runner.unreadErrors, busyShare: rate?.busyShare,
        iterations: picture.loops[runner.name]?.iterations,
        iterationsPerSecond: rate?.iterationsPerSecond)
    }
    tasks = picture.listing.tasks.map(TaskRecord.init)
    shown = picture.listing.tasks.count
    matching = picture.listing.matching
    total = picture.listing.total
    consistency = picture.listing.consistency.rawValue
  }
}
