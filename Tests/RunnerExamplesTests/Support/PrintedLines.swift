import RunnerCore
import RunnerCoreTesting
import RunnerExamples
import Testing

// What a call prints on a runner with virtual time, line by line; run in a process of its own. It is
// cancelled after some seconds of its own clock.
func lines(
  printedBy expression: String, cancelledAfter seconds: Double = 1_000,
  sourceLocation: SourceLocation = #_sourceLocation
) async throws -> [String] {
  let result = await #expect(
    processExitsWith: .success, observing: [\.standardOutputContent],
    sourceLocation: sourceLocation
  ) { [expression, seconds] in
    let call = try BuiltInCall(parsing: expression)
    let runner = Runner.virtual()
    try runner.run {
      let task = try runner.loop.makeTask(call.coroutine())
      try runner.loop.schedule(after: .seconds(seconds)) { task.cancel() }
      do {
        if let value = try await task.awaitValue() { print("returned \(value)") }
      } catch {
        print("threw \(error)")
      }
    }
    try runner.close()
  }
  let output = try #require(result).standardOutputContent
  return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
}
