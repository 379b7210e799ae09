import RunnerCore
import RunnerShell
import Testing

@Suite struct AwaitGraphTests {
  private func task(_ id: UInt64, _ awaits: [UInt64]) -> TaskSnapshot {
    Scenario.task(
      id, "t\(id)", awaits.isEmpty ? .outside(.unknown) : .tasks(awaits.map(TaskID.init)))
  }

  @Test func `case 141: a cycle that nothing leads to is found once, from its lowest task on`() {
    let graph = AwaitGraph([task(5, [7]), task(7, [6]), task(6, [5])])
    #expect(graph.roots == [TaskID(5)])
    #expect(graph.cycles == [[TaskID(5), TaskID(7), TaskID(6)]])
  }

  @Test func `case 141: a task that awaits itself is a cycle`() {
    #expect(AwaitGraph([task(1, [1])]).cycles == [[TaskID(1)]])
  }

  @Test func `a diamond is no cycle`() {
    let graph = AwaitGraph([task(1, [2, 3]), task(2, [4]), task(3, [4]), task(4, [])])
    #expect(graph.cycles.isEmpty)
    #expect(graph.roots == [TaskID(1)])
  }

  @Test func `tasks that are not listed are left out`() {
    #expect(AwaitGraph([task(1, [99])]).awaits(TaskID(1)).isEmpty)
  }

  @Test(.timeLimit(.minutes(1))) func `ten thousand tasks are drawn, one line each`() {
    let chain = (1...10_000).map { task(UInt64($0), $0 == 10_000 ? [] : [UInt64($0 + 1)]) }
    let listing = TaskListing(tasks: chain, matching: 10_000, total: 10_000)
    #expect(TaskTable.render(listing, isFiltered: false, RenderSpec(width: 80)).count == 10_002)
    #expect(TreeDrawing.render(AwaitGraph(chain), RenderSpec()).count == 10_000)
  }

  @Test(.timeLimit(.minutes(1))) func `a long chain is drawn within the width`() {
    let chain = (1...500).map { task(UInt64($0), $0 == 500 ? [] : [UInt64($0 + 1)]) }
    let lines = TreeDrawing.render(AwaitGraph(chain), RenderSpec(width: 80)).map(\.plain)
    #expect(lines.count == 500)
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines[499].contains("499 deep"))
  }
}
