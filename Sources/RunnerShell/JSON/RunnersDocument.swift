package import RunnerCore

/// The document of `runners --json`.
package struct RunnersDocument: JSONDocument {
  package struct Runner: Encodable, Sendable {
    package var name: String
    package var phase: String
    package var activity: String
    package var isStarted: Bool
    package var liveTasks: Int
    package var endedTasks: Int
    package var unreadErrors: Int
    @Nullable package var mainTask: UInt64?
  }

  package let schema = "runner-repl/runners/1"
  package var current: String
  package var runners: [Runner]

  package init(_ runners: [RunnerSnapshot], current: String) {
    self.current = current
    self.runners = runners.map { runner in
      Runner(
        name: runner.name, phase: runner.phase.rawValue, activity: runner.activity.rawValue,
        isStarted: runner.isStarted, liveTasks: runner.liveTasks, endedTasks: runner.endedTasks,
        unreadErrors: runner.unreadErrors, mainTask: runner.mainTask?.number)
    }
  }
}
