import RunnerCore

/// The built-in coroutines, in the order in which they are best learned.
public enum CoroutineCatalogue {
  /// All of them.
  public static let entries: [BuiltInCoroutine] = [
    BuiltInCoroutine(
      "sleep", .seconds(atLeast: -9_000_000_000), "waits for some seconds of the loop's clock"
    ) {
      try await sleep($0, function: "sleep(_:)")
    },
    BuiltInCoroutine(
      "countdown", .integer(0...Int.max), "prints n, …, 1, one each second, then liftoff"
    ) {
      try await countdown($0)
    },
    BuiltInCoroutine(
      "ticker", .seconds(label: "every", atLeast: 0.001), "prints tick 1, tick 2, … until cancelled"
    ) {
      try await ticker(every: $0)
    },
    BuiltInCoroutine(
      "chain", .integer(1...1_000, label: "depth"), "makes a task that awaits a task, and so on"
    ) {
      try await chain(depth: $0)
    },
    BuiltInCoroutine(
      "family", .integer(0...100_000), "makes n child tasks and gathers their values"
    ) {
      try await family($0)
    },
    BuiltInCoroutine(
      "dashboard", .integer(0...100_000), "loads n posts in child tasks that Swift makes"
    ) {
      try await dashboard($0)
    },
    BuiltInCoroutine("stubborn", .seconds(), "ignores cancellation until its time has passed") {
      try await stubborn($0)
    },
    BuiltInCoroutine("cleanup", .seconds(), "works until cancelled, then cleans up slowly") {
      try await cleanup($0)
    },
    BuiltInCoroutine("fail", .seconds(label: "after"), "throws an error after some seconds") {
      try await fail(after: $0)
    },
    BuiltInCoroutine("deadlock", "makes two tasks that await each other, and awaits them") {
      try await deadlock()
    },
    BuiltInCoroutine(
      "philosophers", .integer(2...1_000), "lets n tasks take two locks each, until none can go on"
    ) {
      try await philosophers($0)
    },
    BuiltInCoroutine(
      "starve", .integer(1...100_000), "lets n tasks wait for jobs from a queue that nobody fills"
    ) {
      try await starve($0)
    },
    BuiltInCoroutine("spin", .seconds(), "blocks the loop's thread with synchronous work") {
      await spin($0)
    },
    BuiltInCoroutine("producerConsumer", "hands numbers from task to task through a small buffer") {
      try await producerConsumer()
    },
    BuiltInCoroutine("contextDemo", "shows what a child task inherits of a context variable") {
      try await contextDemo()
    },
    BuiltInCoroutine("timeoutDemo", "gives fast and slow work one second each") {
      try await timeoutDemo()
    },
    BuiltInCoroutine(
      "echoServer", .port(0...65_535), "sends TCP clients back what they send; 0: any free port"
    ) {
      try await echoServer(port: $0)
    },
    BuiltInCoroutine(
      "echoClient", .port(1...65_535), .integer(1...1_000_000, label: "count"),
      "sends lines to an echo server and counts those that come back"
    ) {
      try await echoClient(port: $0, count: $1)
    },
  ]

  /// The coroutine that has this name.
  public static func entry(named name: some StringProtocol) -> BuiltInCoroutine? {
    entries.first { $0.name == name }
  }
}
