package import RunnerCore

extension WireRunnerSnapshot {
  package init(_ model: RunnerSnapshot) {
    self.init(
      name: model.name,
      phase: WireRunnerPhase(model.phase),
      activity: WireRunnerActivity(model.activity),
      isStarted: model.isStarted,
      liveTasks: model.liveTasks,
      endedTasks: model.endedTasks,
      unreadErrors: model.unreadErrors,
      mainTask: model.mainTask?.number)
  }

  package var model: RunnerSnapshot {
    RunnerSnapshot(
      name: name,
      phase: phase.model,
      activity: activity.model,
      isStarted: isStarted,
      liveTasks: liveTasks,
      endedTasks: endedTasks,
      unreadErrors: unreadErrors,
      mainTask: mainTask.map { TaskID($0) })
  }
}
