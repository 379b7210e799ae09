import RunnerShell
import Testing

@Suite struct HelpRenderingTests {
  @Test func `the list of commands fits a screen, with the prompt below it`() {
    let lines = HelpRendering.list(.standard, RenderSpec(width: 80)).map(\.plain)
    #expect(lines.count <= 23)
    for line in lines { #expect(line.count <= 80, "\(line)") }
  }

  @Test(arguments: CommandRegistry.standard.names)
  func `the page of a command fits a screen and shows its form and examples`(name: String) throws {
    let command = try CommandRegistry.standard.resolve(name)
    let lines = HelpRendering.page(command, RenderSpec(width: 80)).map(\.plain)
    #expect(lines.count <= 23)
    for line in lines { #expect(line.count <= 80, "\(line)") }
    #expect(lines[0].hasPrefix(command.shortSynopsis))
    for example in command.examples { #expect(lines.contains("  " + example)) }
  }
}
