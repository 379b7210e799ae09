import GoldenTesting
import RunnerShell
import Testing

@Suite struct CommandReferenceTests {
  @Test func `the manual is what the commands say`() throws {
    let page = CommandReference.markdown(.standard)
    #expect(try Golden.text(of: "Docs/Reference/commands.md", updatedTo: page) == page)
  }
}
