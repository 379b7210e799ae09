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

  @Test(arguments: [30, 40, 59, 60, 76, 120])
  func `help is broken between words at any width, and nothing of it is lost`(width: Int) throws {
    let help = { (spec: RenderSpec) in
      HelpRendering.list(.standard, spec) + HelpRendering.keys(spec)
        + CommandRegistry.standard.commands.flatMap { HelpRendering.page($0, spec) }
    }
    let lines = help(RenderSpec(width: width)).map(\.plain)
    for line in lines { #expect(line.count <= width, "\(line)") }
    let words = { (lines: [String]) in
      lines.flatMap { $0.split(separator: " ") }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    #expect(words(lines) == words(help(RenderSpec()).map(\.plain)))
  }

  @Test func `a text goes on below its beginning, and below a label without room beside it`() {
    let text = LabelledText([
      (label: "Tab", text: "completes what is typed"), (label: "Shift-Tab", text: "goes back"),
    ])
    #expect(
      text.render(RenderSpec(width: 34)).map(\.plain) == [
        "  Tab        completes what is", "             typed", "  Shift-Tab  goes back",
      ])
    #expect(
      text.render(RenderSpec(width: 24)).map(\.plain) == [
        "  Tab", "      completes what is", "      typed", "  Shift-Tab", "      goes back",
      ])
  }

  @Test func `the page of the keys fits a screen`() {
    let lines = HelpRendering.keys(RenderSpec(width: 80)).map(\.plain)
    #expect(lines.count <= 23)
    #expect(lines.contains("  Ctrl-Y                      Puts in what was cut last."))
  }
}
