import Foundation
import TerminalTesting
import Testing

/// What the looking commands say of real tasks, on a real terminal.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct LookingTests {
  @Test func `tree, ps, where and cancel know the children that Swift made`() throws {
    let prompt = try Prompt(["-q"])
    try prompt.execute("run dashboard(1) &")
    try prompt.waitUntil("ps", has: "post 1")
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
}
