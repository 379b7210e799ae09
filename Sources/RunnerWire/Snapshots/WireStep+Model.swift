package import RunnerCore

extension WireStep {
  package init(_ model: LoopSnapshot.Step) {
    self.init(
      task: model.task?.number,
      elapsed: model.elapsed.wireNanoseconds)
  }

  package var model: LoopSnapshot.Step {
    LoopSnapshot.Step(
      task: task.map { TaskID($0) },
      elapsed: Duration(wireNanoseconds: elapsed))
  }
}
