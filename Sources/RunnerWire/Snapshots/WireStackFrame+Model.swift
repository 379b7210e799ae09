package import RunnerCore

extension WireStackFrame {
  package init(_ model: StackFrame) {
    self.init(
      function: model.function,
      fullName: model.fullName,
      module: model.module,
      path: model.path,
      line: model.line,
      afterAwait: nil,
      afterSuspension: nil,
      isFolded: model.isFolded)
    switch model.resumption {
    case .await(let number): afterAwait = number
    case .suspension(let number): afterSuspension = number
    case nil: break
    }
  }

  package var model: StackFrame {
    StackFrame(
      function: function,
      fullName: fullName,
      module: module,
      path: path,
      line: line,
      resumption: afterAwait.map { .await($0) } ?? afterSuspension.map { .suspension($0) },
      isFolded: isFolded)
  }
}
