import GoldenTesting
import Testing

/// Each rule of the terminal, at a real one; what comes is the page of the rules.
///
/// The number in a test's name is that of its rule, and each rule has one test, which makes its section.
@Suite(.serialized, .timeLimit(.minutes(3))) struct RuleTests {
  @Test func `each rule has one test, and each test is of a rule`() throws {
    let folder = "Tests/RunnerReplTests/Rules"
    var numbers: [Int] = []
    for name in Golden.names(in: folder) {
      for match in try Golden.text(of: "\(folder)/\(name)").matches(of: /func.`rule ([0-9]+):/) {
        numbers.append(Int(match.1) ?? 0)
      }
    }
    #expect(numbers.sorted() == RuleBook.rules.map(\.number))
  }

  @Test func `the page has a section for each rule, and no others`() throws {
    let text = try Golden.text(of: RulePage.path)
    let page = RulePage(text)
    #expect(page.bodies.keys.sorted() == RuleBook.rules.map(\.number))
    #expect(page.text == text)
  }
}
