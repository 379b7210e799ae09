import RunnerCore
import RunnerShell
import Testing

@Suite struct TaskResolverTests {
  private let resolver = TaskResolver(inspector: Scenario.busy.controller)

  @Test(arguments: [("2", 2), ("parent", 2), ("1", 1), ("Task-5", 5)] as [(String, UInt64)])
  func `a number or a unique name finds a task`(word: String, number: UInt64) throws {
    #expect(try resolver.resolve(word, includesEnded: true).id == TaskID(number))
  }

  @Test(arguments: [
    ("99", "There is no task 99."),
    ("Task-5", "There is no live task 'Task-5'. Type 'ps' for those that there are."),
    ("fetch", "The name 'fetch' is not unique: tasks 4 and 9 have it; use a number."),
    ("par*", "There is no live task 'par*'. Type 'ps' for those that there are."),
  ])
  func `what finds none or several is said`(word: String, sentence: String) {
    #expect(throws: CommandError(.failed, sentence)) { try resolver.resolve(word) }
  }
}
