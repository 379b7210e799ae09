import RunnerCore
import RunnerShell
import Testing

@Suite struct ContextDifferenceTests {
  private func context(_ task: UInt64, _ entries: ContextSnapshot.Entry...) -> ContextSnapshot {
    ContextSnapshot(owner: .task(TaskID(task)), entries: entries)
  }

  private func entry(
    _ name: String, _ text: String, type: String = "String", digest: UInt64? = nil
  ) -> ContextSnapshot.Entry {
    .init(name: name, value: ValueSnapshot(type: type, text: text), digest: digest)
  }

  @Test func `what one has not, what differs and what only looks alike is told`() {
    let difference = ContextDifference(
      context(1, entry("gone", "1"), entry("kind", "1"), entry("long", "x…", digest: 1)),
      context(2, entry("kind", "1", type: "Int"), entry("long", "x…", digest: 2), entry("new", "2"))
    )
    #expect(difference.changes.map(\.name) == ["gone", "kind", "long", "new"])
    #expect(difference.changes.map { $0.left?.text } == ["1", "1", "x…", nil])
    #expect(difference.changes.map { $0.right?.text } == [nil, "1", "x…", "2"])
    #expect(difference.agreeing == 0)
  }

  @Test func `variables of one name are compared one by one`() {
    let difference = ContextDifference(
      context(1, entry("same", "1"), entry("same", "2")),
      context(2, entry("same", "1"), entry("same", "3")))
    #expect(difference.changes.map { $0.left?.text } == ["2"])
    #expect(difference.changes.map { $0.right?.text } == ["3"])
    #expect(difference.agreeing == 1)
  }

  @Test func `what is shown of it has no escapes and fits`() {
    let difference = ContextDifference(
      context(1, entry("a\u{1B}[2J", String(repeating: "\u{7}\n", count: 400))),
      context(2, entry("a\u{1B}[2J", "short")))
    let lines = ContextRendering.render(difference, RenderSpec(width: 60)).map(\.plain)
    #expect(lines.allSatisfy { !$0.contains("\u{1B}") && !$0.contains("\u{7}") })
    #expect(lines.allSatisfy { $0.count <= 60 })
  }
}
