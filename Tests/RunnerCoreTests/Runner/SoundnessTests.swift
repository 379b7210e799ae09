import Glibc
import RunnerCore
import RunnerCoreTesting
import Testing

/// Much of everything, bounded, from a seed.
@Suite(.serialized, .timeLimit(.minutes(1))) struct SoundnessTests {
  /// How many entries a folder of this process has under `/proc/self`.
  private func entries(_ folder: String) -> Int {
    guard let directory = opendir("/proc/self/\(folder)") else { return -1 }
    defer { closedir(directory) }
    var count = 0
    while readdir(directory) != nil { count += 1 }
    return count
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `twenty thousand tasks that are cancelled at random all end`(seed: UInt64) throws {
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

  @Test func `two hundred runners leave no descriptor behind`() throws {
    let loops = Recorder<ObjectIdentifier>()
    for _ in 0..<200 {
      try withRunner { runner in
        loops.note(ObjectIdentifier(try runner.loop))
        try runner.run { try await sleep(0.0001) }
      }
    }
    #expect(loops.events.count == 200)
    // Other tests run at the same time and hold some; what these would have left is far more.
    #expect(entries("fd") < 200)
    #expect(entries("task") < 100)
  }

  @Test func `a runner that is dropped without close gives its descriptors back`() throws {
    for _ in 0..<200 { try Runner().run { try await sleep(0.0001) } }
    #expect(entries("fd") < 200)
  }

  @Test func `ten thousand tasks in rounds do not let memory grow`() throws {
    func residentPages() -> Int {
      guard let file = fopen("/proc/self/statm", "r") else { return 0 }
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 128)
      guard fgets(&line, 128, file) != nil else { return 0 }
      let text = line.withUnsafeBufferPointer { buffer in
        String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      }
      return Int(text.split(separator: " ")[1]) ?? 0
    }
    func round() throws {
      try withRunner { runner in
        try runner.run {
          for _ in 0..<10_000 { try runner.loop.makeTask { try await sleep(3600) } }
          try await sleep(0)
        }
      }
    }
    try round()
    let before = residentPages()
    for _ in 0..<4 { try round() }
    // A leak of the tasks alone would be some 20,000 pages.
    #expect(residentPages() - before < 8000)
  }
}
