package import RunnerCore

extension WireFailure {
  package init(_ model: RunnerError) {
    self.init(code: model.code.name, message: model.message)
  }

  package init(_ error: WireError) {
    self.init(code: error.code.rawValue, message: error.message)
  }

  package var model: RunnerError { RunnerError(RunnerError.Code(name: code), message) }
}
