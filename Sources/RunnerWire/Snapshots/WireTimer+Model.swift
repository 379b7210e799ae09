package import RunnerCore

extension WireTimer {
  package init(_ model: LoopSnapshot.Timer) {
    self.init(
      remaining: model.remaining.wireNanoseconds,
      task: model.task?.number)
  }

  package var model: LoopSnapshot.Timer {
    LoopSnapshot.Timer(
      remaining: Duration(wireNanoseconds: remaining),
      task: task.map { TaskID($0) })
  }
}
