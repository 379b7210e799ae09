@testable import RunnerCore
import RunnerCoreTesting

/// Runs a body as the main task of a runner with virtual time and closes the runner.
func inVirtualRunner(
  takingFlagsBack: Bool = true, _ body: sending @escaping (EventLoop) async throws -> Void
) throws {
  let runner = Runner.virtual()
  let loop = try runner.loop
  loop.takesFlagsBack = takingFlagsBack
  try runner.run { try await body(loop) }
  try runner.close()
}

/// A value that the code of one loop shares; touched on the loop's thread only.
final class Shared<Value>: @unchecked Sendable {
  var value: Value

  init(_ value: Value) { self.value = value }
}
