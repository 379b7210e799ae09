package import RunnerCore

extension WireSlowStep {
  package init(_ model: SlowStep) {
    self.init(
      task: model.task?.number,
      name: model.name,
      duration: model.duration.wireNanoseconds,
      elapsed: model.elapsed.wireNanoseconds,
      site: model.site.map { WireSourceSite($0) })
  }

  package var model: SlowStep {
    SlowStep(
      task: task.map { TaskID($0) },
      name: name,
      duration: Duration(wireNanoseconds: duration),
      elapsed: Duration(wireNanoseconds: elapsed),
      site: site?.model)
  }
}
