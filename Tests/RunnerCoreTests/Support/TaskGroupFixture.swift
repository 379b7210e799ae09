import RunnerCoreTesting

@testable import RunnerCore

/// What the tests of task groups share.
enum TaskGroupFixture {
  struct Failure: Error, Equatable {
    var number = 0
  }
  struct OtherFailure: Error {}

  /// Runs a body on a loop with virtual time, and closes its runner.
  static func inRunner(
    takingBack: Bool = true, eager: Bool = false,
    _ body: sending @escaping (EventLoop) async throws -> Void
  ) throws {
    let runner = Runner.virtual()
    let loop = try runner.loop
    loop.takesFlagsBack = takingBack
    if eager { loop.taskFactory = EagerTaskFactory() }
    try runner.run { try await body(loop) }
    try runner.close()
  }
}
