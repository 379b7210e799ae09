package import RunnerCore

extension WireStep {
  package init(_ model: LoopSnapshot.Step) {
    self.init(
      task: model.task?.number,
      elapsed: model.elapsed.wireNanoseconds,
      site: model.site.map { WireSourceSite($0) },
      systemCall: model.systemCall)
  }

  package var model: LoopSnapshot.Step {
    LoopSnapshot.Step(
      task: task.map { TaskID($0) },
      elapsed: Duration(wireNanoseconds: elapsed),
      site: site?.model,
      systemCall: systemCall)
  }
}
