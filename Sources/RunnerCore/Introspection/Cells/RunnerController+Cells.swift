// A controller without a compiler says so; nothing else changes for it.
extension RunnerController {
  public func evaluate(_ cell: CellRequest, on runner: String) throws -> CellStart {
    throw RunnerError.withoutCompiler
  }

  public func type(of expression: CellRequest) throws -> String {
    throw RunnerError.withoutCompiler
  }

  public func variables(on runner: String) throws -> [ValueBinding] { [] }

  public func forgetCells() throws {}

  public func completions(after text: String, prefix: String) throws -> [SwiftCompletion] { [] }
}

extension RunnerError {
  fileprivate static let withoutCompiler = RunnerError(
    .unavailable, "Swift cannot be compiled here; use run or spawn with a built-in coroutine.")
}
