import RunnerCore
import RunnerCoreTesting
import Testing

/// Much of everything, bounded, from a seed.
@Suite(.serialized, .timeLimit(.minutes(5))) struct SoundnessTests {
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `a hundred thousand tasks that are cancelled at random all end`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let runner = Runner.virtual()
    let loop = try runner.loop
    var plan: [(kind: Int, delay: Double)] = []
    for _ in 0..<5000 {
      plan.append((Int.random(in: 0..<6, using: &generator), .random(in: 0..<3, using: &generator)))
    }
    let state = generator
    try runner.run { [plan] in
      var generator = state
      var tasks: [RunnerTask<Void>] = []
      for (number, step) in plan.enumerated() {
        let earlier = tasks.randomElement(using: &generator)
        tasks.append(
          try loop.makeTask {
            switch step.kind {
            case 0: try await sleep(step.delay)
            case 1: try await timeout(.seconds(1)) { try await sleep(step.delay) }
            case 2: _ = try await earlier?.value
            case 3: for _ in 0..<5 { try await sleep(0) }
            case 4:
              do { try await sleep(step.delay) } catch { try await sleep(0.1) }
            default: if let earlier { _ = try await gatherResults([earlier]) }
            }
          })
        if number % 16 == 0 { try await sleep(0.01) }
        if number % 3 == 0 { tasks.randomElement(using: &generator)?.cancel() }
      }
      _ = try await gatherResults(tasks)
      #expect(tasks.filter { !$0.isDone }.isEmpty)
    }
    #expect(loop.tasks.isEmpty)
    let report = try runner.close()
    #expect(report.refusedTasks.isEmpty)
  }

  /// Runs a scenario in a process of its own, where no other test has descriptors and memory.
  private func run(_ scenario: String) throws -> [String] {
    let child = try ChildProcess("interrupt-fixture", scenario)
    let lines = child.lines()
    #expect(child.wait() == .exited(0))
    return lines
  }

  @Test func `a thousand runners, closed or dropped, leave no descriptor and no thread`() throws {
    #expect(try run("descriptors") == ["descriptors: same", "threads: same"])
  }

  @Test
  func `a thousand runners that use threads and signals leave no descriptor, thread or memory`()
    throws
  {
    #expect(try run("threads") == ["descriptors: same", "threads: same", "memory: same"])
  }

  @Test func `a thousand runners do not let memory grow`() throws {
    #expect(try run("runners") == ["memory: same"])
  }

  @Test func `ten thousand interrupts at any moment end ten thousand runs, and no cleanup is lost`()
    throws
  {
    let told = stride(from: 500, through: 10_000, by: 500).map {
      "interrupted: \($0), cleaned up: \($0)"
    }
    #expect(try run("interrupts") == told + ["after: default"])
  }

  @Test func `ten thousand tasks in rounds do not let memory grow`() throws {
    #expect(try run("memory") == ["memory: same"])
  }
}
