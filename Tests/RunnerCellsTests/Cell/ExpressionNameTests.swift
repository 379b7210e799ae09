import RunnerCells
import Testing

@Suite struct ExpressionNameTests {
  @Test(arguments: [
    ("bomb()", "bomb"), ("dots(3)", "dots"), ("try await fetch(60)", "fetch"),
    ("await store.load(1)", "store.load"), ("Loader<Int>(3)", "Loader"),
    ("within(3) { await late() }", "within"), ("repeated {\n  1\n}", "repeated"),
  ])
  func `a call is named by what it calls`(text: String, name: String) {
    #expect(ExpressionName.of(text) == name)
  }

  @Test(arguments: [
    ("f(1) + g(2)", "f(1) + g(2)"), ("await  task.value", "await task.value"),
    ("a.b(1).c()", "a.b(1).c()"), ("{ 3 }()", "{ 3 }()"), ("f(", "f"),
    ("[1, 2,\n 3].map { $0 * 1000 }.reduce(0, +)", "[1, 2, 3].map { $0 * 1000 }.red…"),
  ])
  func `any other expression is named by its text`(text: String, name: String) {
    #expect(ExpressionName.of(text) == name)
  }
}
