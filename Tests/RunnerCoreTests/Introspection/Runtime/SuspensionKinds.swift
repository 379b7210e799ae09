import Testing

@testable import RunnerCore

/// Holds what tasks wait for.
final class ContinuationGate: Sendable {
  private let continuations = LockedValue<[UnsafeContinuation<Void, Never>]>([])
  private let checked = LockedValue<[CheckedContinuation<Void, Never>]>([])

  func add(_ continuation: UnsafeContinuation<Void, Never>) {
    continuations.withLock { $0.append(continuation) }
  }

  func add(_ continuation: CheckedContinuation<Void, Never>) {
    checked.withLock { $0.append(continuation) }
  }

  func open() {
    let checked = checked.withLock { all in
      defer { all = [] }
      return all
    }
    for continuation in checked { continuation.resume() }
    let all = continuations.withLock { all in
      defer { all = [] }
      return all
    }
    for continuation in all { continuation.resume() }
  }
}

func waitForever(_ gate: ContinuationGate) async {
  await withUnsafeContinuation { gate.add($0) }
}

func fetchPage(_ number: Int, from gate: ContinuationGate) async -> Int {
  await waitForever(gate)
  return number
}

func loadUser(id: Int, _ gate: ContinuationGate) async -> Int {
  let page = await fetchPage(id, from: gate)
  return page + 1
}

func handler(_ gate: ContinuationGate) async {
  async let first = loadUser(id: 1, gate)
  async let second = loadUser(id: 2, gate)
  _ = await (first, second)
}

func grouper(_ gate: ContinuationGate) async {
  await withTaskGroup(of: Int.self) { group in
    for number in 0..<3 {
      group.addTask(name: "worker-\(number)") { await fetchPage(number, from: gate) }
    }
    for await value in group { _ = value }
  }
}

func throwingGrouper(_ gate: ContinuationGate) async throws {
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { await waitForever(gate) }
    try await group.waitForAll()
  }
}

func waiter(_ task: Task<Void, any Error>) async { _ = try? await task.value }

func sleeper() async { try? await Task.sleep(for: .seconds(3600)) }

func streamer(_ stream: AsyncStream<Int>) async { for await value in stream { _ = value } }

func withHandler(_ gate: ContinuationGate) async {
  await withTaskCancellationHandler {
    await waitForever(gate)
  } onCancel: {
  }
}

actor PlainStore {
  private var count = 0

  func update(_ gate: ContinuationGate) async {
    count += 1
    await waitForever(gate)
    count += 1
  }
}

struct Generic<Value> {
  func run(_ value: Value, _ gate: ContinuationGate) async -> Value {
    await waitForever(gate)
    return value
  }
}

protocol Going { func go(_ gate: ContinuationGate) async }

struct Goer: Going {
  func go(_ gate: ContinuationGate) async { await waitForever(gate) }
}

private func privately(_ gate: ContinuationGate) async { await waitForever(gate) }

enum Locals {
  @TaskLocal static var number = 0
  @TaskLocal static var user: String?
}

/// A way in which a Swift task can be suspended, with what must be seen of it.
struct SuspensionKind: Sendable, CustomTestStringConvertible {
  enum Waits: Equatable, Sendable { case task, continuation, group, executor }

  let name: String
  let waits: Waits
  /// The functions, innermost first, that are not folded; the last one is the task's own closure.
  let functions: [String]
  let body: @Sendable (ContinuationGate, HeldExecutor) async throws -> Void

  var testDescription: String { name }

  static let waiting = ["waitForever(_:)"]

  static let all: [SuspensionKind] = [
    Self("async let", .task, ["handler(_:)"]) { gate, _ in await handler(gate) },
    Self("task group", .group, ["closure #1 in grouper(_:)", "grouper(_:)"]) { gate, _ in
      await grouper(gate)
    },
    Self(
      "throwing task group", .group,
      ["closure #1 in throwingGrouper(_:)", "throwingGrouper(_:)"]
    ) { gate, _ in try await throwingGrouper(gate) },
    Self("task value", .task, ["waiter(_:)"]) { gate, executor in
      await waiter(Task(executorPreference: executor) { await waitForever(gate) })
    },
    Self("Task.sleep", .continuation, ["sleeper()"]) { _, _ in await sleeper() },
    Self("AsyncStream", .continuation, ["streamer(_:)"]) { _, _ in
      await streamer(AsyncStream { _ in })
    },
    Self("continuation", .continuation, waiting) { gate, _ in await waitForever(gate) },
    Self("checked continuation", .continuation, ["checkedWait(_:)"]) { gate, _ in
      await checkedWait(gate)
    },
    Self("deep call", .continuation, waiting + ["fetchPage(_:from:)", "loadUser(id:_:)"]) {
      gate, _ in _ = await loadUser(id: 1, gate)
    },
    Self("actor", .continuation, waiting + ["PlainStore.update(_:)"]) { gate, _ in
      await PlainStore().update(gate)
    },
    Self(
      "cancellation handler", .continuation,
      waiting + ["closure #1 in withHandler(_:)", "withHandler(_:)"]
    ) { gate, _ in await withHandler(gate) },
    Self("generic method", .continuation, waiting + ["Generic.run(_:_:)"]) { gate, _ in
      _ = await Generic<String>().run("x", gate)
    },
    Self("protocol witness", .continuation, waiting + ["Goer.go(_:)"]) { gate, _ in
      let going: any Going = Goer()
      await going.go(gate)
    },
    Self("private function", .continuation, waiting + ["privately(_:)"]) { gate, _ in
      await privately(gate)
    },
    Self(
      "closure", .continuation,
      waiting + ["closure #1 in SuspensionKind.closure(_:)", "SuspensionKind.closure(_:)"]
    ) {
      gate, _ in await SuspensionKind.closure(gate)
    },
    Self("local function", .continuation, waiting + ["inner(_:) in outer(_:)", "outer(_:)"]) {
      gate, _ in await outer(gate)
    },
    Self("task-local value", .continuation, waiting) { gate, _ in
      await Locals.$number.withValue(42) {
        await Locals.$user.withValue("ada") { await waitForever(gate) }
      }
    },
    Self("yield", .executor, []) { _, _ in while !Task.isCancelled { await Task.yield() } },
  ]

  init(
    _ name: String, _ waits: Waits, _ functions: [String],
    body: @escaping @Sendable (ContinuationGate, HeldExecutor) async throws -> Void
  ) {
    (self.name, self.waits, self.functions, self.body) = (name, waits, functions, body)
  }

  static func closure(_ gate: ContinuationGate) async {
    let body = { () async -> Void in await waitForever(gate) }
    await body()
  }
}

func checkedWait(_ gate: ContinuationGate) async {
  await withCheckedContinuation { gate.add($0) }
}

func outer(_ gate: ContinuationGate) async {
  func inner(_ gate: ContinuationGate) async { await waitForever(gate) }
  await inner(gate)
}

/// A task in one of the ways, suspended; `end` lets it come to its end.
final class SuspendedTask {
  let task: Task<Void, any Error>
  let address: UInt
  let gate = ContinuationGate()
  let executor = HeldExecutor()

  init(_ kind: SuspensionKind, name: String? = nil, priority: TaskPriority? = nil) throws {
    let (gate, executor) = (gate, executor)
    task = Task.detached(name: name, executorPreference: executor, priority: priority) {
      try await kind.body(gate, executor)
    }
    guard let address = executor.newest else { throw RunnerError(.system, "No job was queued.") }
    self.address = address
    executor.run(limit: 8)
  }

  func end() {
    for _ in 0..<16 {
      task.cancel()
      gate.open()
      executor.run(limit: 100)
    }
  }
}
