import RunnerCoreTesting
import Testing

@testable import RunnerCore

@Suite(.timeLimit(.minutes(1))) struct ManyTasksTests {
  @Test func `a page of very many tasks is the beginning of their whole order`() throws {
    let runner = Runner.virtual(name: "crowd")
    let loop = try runner.loop
    let inspector = LocalInspector([runner])
    var tasks: [RunnerTask<Void>] = []
    for number in 0..<2_000 {
      tasks.append(try loop.makeTask { try await sleep(Double(number * 7_919 % 100)) })
      // Descending, so that each one displaces those that were best so far.
      tasks[number].setRequests(number)
    }
    for order in TaskQuery.Order.allCases {
      for isReversed in [false, true] {
        let whole = try inspector.tasks(TaskQuery(order: order, isReversed: isReversed))
        let page = try inspector.tasks(TaskQuery(order: order, isReversed: isReversed, limit: 40))
        #expect(page.tasks.map(\.id) == whole.tasks.prefix(40).map(\.id))
        #expect(page.matching == 2_000)
      }
    }
    for task in tasks { task.setRequests(0) }
    try runner.close()
  }

  @Test func `the tasks of a loop are in order again after all have ended`() throws {
    let slots = TaskSlots()
    let runner = Runner.virtual(name: "slots")
    let loop = try runner.loop
    let tasks = try (0..<5).map { _ in try loop.makeTask {} }
    for _ in 0..<2 {
      let places = tasks.map { slots.add($0) }
      #expect(places == [0, 1, 2, 3, 4])
      for place in places.reversed() { slots.remove(place)?.release() }
      #expect(slots.count == 0)
      for place in tasks.map({ slots.add($0) }) { slots.remove(place)?.release() }
    }
    try runner.close()
  }

  @Test func `a place that is changed leaves its copies as they were`() {
    let first = SourceSite(fileID: "Module/File.swift", line: 1, function: "f()")
    var second = first
    second.line = 2
    #expect(first.line == 1)
    #expect(second.function == "f()")
    #expect(second != first)
    second.line = 1
    #expect(second == first)
    #expect(second.hashValue == first.hashValue)
  }

  @Test func `a value that nobody has used takes no lock, and many threads make it once`() async {
    final class Owner: Sendable { let value = LateValue<[Int]>() }
    let owner = Owner()
    let unused = owner.value.ifMade { $0.count }
    #expect(unused == nil)
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<100 { group.addTask { owner.value.withLock { $0.append(number) } } }
    }
    let numbers = owner.value.ifMade { $0.sorted() }
    #expect(numbers == Array(0..<100))
  }
}
