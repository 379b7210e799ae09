import Foundation
import TerminalTesting
import Testing

/// What the looking commands say of real tasks, on a real terminal; the numbers are the rules' names.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct LookingTests {
  @Test func `rule 31: where has four answers: running, suspended, finished, unknown`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.execute("start main")
    try prompt.execute("spawn sleep(600) --name nap")
    try prompt.terminal.wait(for: "a suspended task") { _ in
      (try? prompt.execute("ps"))?.contains { $0.contains("sleep, ") } == true
    }
    let suspended = try prompt.execute("where nap")
    #expect(suspended.first?.hasPrefix("task 1 nap waits for sleep, ") == true)
    #expect(suspended.dropFirst().first?.hasPrefix("  sleep(_:) at ") == true)
    try prompt.execute("run countdown(0)")
    let finished = try prompt.execute("where 2")
    #expect(finished.first?.hasPrefix("task 2 countdown returned ") == true)
    #expect(finished.first?.hasSuffix(" ago; it has no stack any more") == true)
    #expect(try prompt.execute("where 99") == ["There is no task 99."])
    try prompt.execute("spawn spin(3) --name busy")
    try waitForBlock(prompt)
    let running = try prompt.execute("where busy")
    #expect(running.first == "task 3 busy is running; its thread was seen here")
    #expect(running.dropFirst().first?.hasPrefix("  spin(_:) at Spin.swift:") == true)
    try prompt.terminal.wait(for: "the end of the step") { _ in
      (try? prompt.execute("loop"))?.contains { $0.hasSuffix("step           none") } == true
    }
    #expect(try prompt.leave() == 0)
  }

  @Test func `rule 35: ps, loop and where answer while a step blocks the loop, and name it`() throws
  {
    let prompt = try Prompt(["-q"])
    try prompt.execute("run spin(5) &")
    try waitForBlock(prompt)
    let table = try prompt.execute("ps")
    #expect(table.contains { $0.contains("spin") && $0.contains("running") })
    #expect(table.contains { $0.hasPrefix("a step is running") })
    let loop = try prompt.execute("loop")
    let step = loop.first { $0.hasPrefix("  step ") } ?? ""
    #expect(step.contains(" blocked ") && step.contains(" in task 1 spin, spin(_:) at "))
    let stack = try prompt.execute("where spin")
    #expect(stack.contains { $0.hasPrefix("  spin(_:) at Spin.swift:") })
    let reason = try prompt.execute("why")
    #expect(reason.contains { $0.contains("blocked") && $0.contains("task 1 spin") })
    #expect(!reason.contains { $0.contains("without an await") })
    // All answers came before the step was over.
    #expect(!prompt.terminal.screen.transcript.contains("ended:"))
    try prompt.terminal.waitForText("[1] spin(5) ended: returned")
    #expect(try prompt.leave() == 0)
  }

  @Test func `tree, ps, where and cancel know the children that Swift made`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.execute("run dashboard(1) &")
    try prompt.terminal.wait(for: "the children") { _ in
      (try? prompt.execute("ps"))?.contains { $0.contains("post 1") } == true
    }
    let tree = try prompt.execute("tree")
    #expect(tree.first == "dashboard (1) suspended")
    #expect(tree.contains { $0.hasPrefix("├─ async let loadUser() (") })
    #expect(tree.contains { $0.hasPrefix("└─ beside it async let loadPosts(_:) (") })
    #expect(tree.contains { $0.hasPrefix("   └─ post 1 (") })
    let stack = try prompt.execute("where 'post 1'")
    let functions = stack.filter { $0.contains(".swift:") }.map { $0.prefix { $0 != "(" } }
    #expect(functions.prefix(2) == ["  request", "  loadPost"])
    // What calls a built-in coroutine is the tool's.
    let caller = try prompt.execute("where dashboard")
    #expect(caller.count { $0.contains(".swift:") } == 1)
    let refusal = try prompt.execute("cancel 'post 1'").joined(separator: " ")
    #expect(refusal.contains("is a child that Swift made inside of task 1 (dashboard)"))
    #expect(try prompt.execute("cancel 1").contains { $0.hasPrefix("✓ task 1 dashboard") })
    #expect(try prompt.leave() == 0)
  }

  private func waitForBlock(_ prompt: Prompt) throws {
    try prompt.terminal.wait(for: "a blocked loop") { _ in
      (try? prompt.execute("loop"))?.contains { $0.contains("blocked") } == true
    }
  }
}
