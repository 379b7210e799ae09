import RunnerCore
import RunnerShell
import Testing

@Suite struct ExplanationRenderingTests {
  private func explanation(_ loop: Explanation.LoopState) -> Explanation {
    Explanation(
      subject: .runner("main"), runner: "main", loop: loop,
      links: [
        Explanation.Link(task: TaskID(2), name: "left", reason: .task(TaskID(3))),
        Explanation.Link(task: TaskID(3), name: "right", reason: .task(TaskID(2))),
      ], cycle: [TaskID(2), TaskID(3)], liveTasks: 3)
  }

  private let deadlock =
    "deadlock on main, 2 → 3 → 2: task 2 left waits for task 3 right, which waits for task 2 left; "
    + "nothing ends it by itself, 'cancel 2' does"

  @Test func `what blocks the loop is told before a deadlock of some of its tasks`() {
    let step = LoopSnapshot.Step(task: TaskID(7), elapsed: .seconds(2))
    #expect(
      ExplanationRendering.sentence(explanation(.blocked(by: step, name: "spin")), RenderSpec())
        == "the loop of main is blocked for 2.0 s in task 7 spin: nothing else goes on meanwhile; "
        + "and there is a " + deadlock)
    #expect(ExplanationRendering.sentence(explanation(.waiting), RenderSpec()) == deadlock)
  }

  @Test func `other deadlocks are told, the first three of them`() {
    var explanation = explanation(.waiting)
    explanation.otherCycles = [[TaskID(5), TaskID(6)]]
    #expect(
      ExplanationRendering.sentence(explanation, RenderSpec())
        == deadlock + "; another one is 5 → 6 → 5")
    explanation.otherCycles = (1...5).map { [TaskID($0 * 10), TaskID($0 * 10 + 1)] }
    #expect(
      ExplanationRendering.sentence(explanation, RenderSpec())
        == deadlock + "; others are 10 → 11 → 10, 20 → 21 → 20, 30 → 31 → 30 and 2 more")
  }
}
