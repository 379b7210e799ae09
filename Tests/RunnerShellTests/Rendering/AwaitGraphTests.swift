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

  // MARK: Locks

  private func locked(_ id: UInt64, by holder: UInt64) -> TaskSnapshot {
    var task = Scenario.task(id, "t\(id)", .object(.lock, number: id, label: "l\(id)"))
    task.wait?.holder = WaitSnapshot.Holder(task: TaskID(holder))
    return task
  }

  @Test func `case 141: a circle through locks is a cycle, and drawn with who holds what`() {
    let graph = AwaitGraph([locked(1, by: 2), locked(2, by: 1)])
    #expect(graph.cycles == [[TaskID(1), TaskID(2)]])
    #expect(
      TreeDrawing.render(graph, RenderSpec()).map(\.plain) == [
        "t1 (1) suspended · lock 'l1'", "└─ held by t2 (2) suspended · lock 'l2'",
        "   └─ held by t1 (1) ↺ closes the cycle", "cycle through locks: t1 (1) → t2 (2) → t1 (1)",
      ])
  }

  @Test func `a lock that nobody listed holds leads nowhere`() {
    #expect(AwaitGraph([locked(1, by: 9)]).awaits(TaskID(1)).isEmpty)
  }

  // MARK: One of several

  private func racer(_ id: UInt64, _ awaits: [UInt64]) -> TaskSnapshot {
    Scenario.task(id, "t\(id)", .anyTask(awaits.map(TaskID.init)))
  }

  @Test func `a wait for one of several is no cycle while another task can end it`() {
    let graph = AwaitGraph([racer(1, [2, 3]), task(2, [1]), task(3, [])])
    #expect(graph.cycles.isEmpty)
    #expect(graph.doomed.isEmpty)
    #expect(
      TreeDrawing.render(graph, RenderSpec()).map(\.plain) == [
        "t1 (1) suspended", "├─ t2 (2) suspended",
        "│  └─ t1 (1) ↺ drawn above, another task can end this",
        "└─ t3 (3) suspended · something outside, 2.0 s",
      ])
  }

  @Test func `a wait for one of several is a cycle when all of them wait for it`() {
    let graph = AwaitGraph([racer(1, [2, 3]), task(2, [1]), task(3, [2])])
    #expect(graph.cycles == [[TaskID(1), TaskID(2)]] || graph.cycles.count == 2)
    #expect(graph.doomed == [TaskID(1), TaskID(2), TaskID(3)])
  }

  @Test func `a wait for one of several, some of which are not listed, is no cycle`() {
    #expect(AwaitGraph([racer(1, [2, 99]), task(2, [1])]).cycles.isEmpty)
  }

  @Test func `a wait for all of several is a cycle when one of them waits for it`() {
    let graph = AwaitGraph([task(1, [2, 3]), task(2, [1]), task(3, []), task(4, [1])])
    #expect(graph.cycles == [[TaskID(1), TaskID(2)]])
    #expect(graph.doomed == [TaskID(1), TaskID(2), TaskID(4)])
  }

  // MARK: Many that look alike

  @Test func `of many siblings that look alike three are drawn and the others counted`() {
    let leaves = (2...11).map { task(UInt64($0), []) }
    let other = Scenario.task(12, "odd", .timer(remaining: .seconds(1)))
    let tasks = [task(1, (2...12).map { $0 })] + leaves + [other]
    #expect(
      TreeDrawing.render(AwaitGraph(tasks), RenderSpec()).map(\.plain) == [
        "t1 (1) suspended", "├─ t2 (2) suspended · something outside, 2.0 s",
        "├─ t3 (3) suspended · something outside, 2.0 s",
        "├─ t4 (4) suspended · something outside, 2.0 s",
        "├─ … and 7 more like it: something outside",
        "└─ odd (12) suspended · sleep, 1.0 s left",
      ])
    #expect(TreeDrawing.render(AwaitGraph(tasks), drawsEach: true, RenderSpec()).count == 12)
  }

  @Test func `subtrees look alike only when all below does`() {
    let parents = (1...8).map { task(UInt64($0), [UInt64($0 + 10)]) }
    var leaves = (11...18).map { task(UInt64($0), []) }
    leaves[7].wait = WaitSnapshot(subject: .readable(descriptor: 3))
    let lines = TreeDrawing.render(AwaitGraph(parents + leaves), RenderSpec()).map(\.plain)
    #expect(lines.count == 3 * 2 + 1 + 2)
    #expect(lines[6] == "… and 4 more like it: awaiting several tasks")
  }

  @Test(.timeLimit(.minutes(1))) func `a hundred thousand awaited tasks are drawn in no time`() {
    let tasks =
      [task(1, (2...100_001).map { UInt64($0) })]
      + (2...100_001).map {
        task(UInt64($0), [])
      }
    let clock = ContinuousClock()
    let time = clock.measure {
      let lines = TreeDrawing.render(AwaitGraph(tasks), RenderSpec(width: 60))
      #expect(lines.count == 5)
      #expect(lines.last?.plain == "└─ … and 99997 more like it: something outside")
    }
    #expect(time < .seconds(5))
  }

  @Test func `a cycle of ten thousand tasks is named within a few lines`() {
    let ring = (1...10_000).map { task(UInt64($0), [UInt64($0 % 10_000 + 1)]) }
    let graph = AwaitGraph(ring)
    #expect(graph.cycles.map(\.count) == [10_000])
    let lines = TreeDrawing.render(graph, RenderSpec()).map(\.plain)
    #expect(lines.count == 10_002)
    #expect(lines.last?.hasSuffix("t8 (8) → 9992 more → t1 (1)") == true)
  }
}
