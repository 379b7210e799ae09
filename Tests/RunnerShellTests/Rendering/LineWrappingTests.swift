import RunnerShell
import Testing

@Suite struct LineWrappingTests {
  @Test func `a sentence is broken between words`() {
    let line = StyledLine([StyledText("one two", .bad), StyledText(" three", .good)])
    #expect(
      LineWrapping.wrap(line, columns: 9) == [
        StyledLine("one two", .bad), StyledLine("three", .good),
      ])
    #expect(LineWrapping.wrap(line, columns: 13) == [line])
    #expect(LineWrapping.wrap(line, columns: nil) == [line])
  }

  @Test func `a word that is too long stays whole, and wide characters count twice`() {
    let lines = LineWrapping.wrap("a 日本日本 b-long-word c", columns: 6)
    #expect(lines.map(\.plain) == ["a", "日本日本", "b-long-word", "c"])
  }

  @Test func `a hanging indent leaves room, and a word without room loses its end`() {
    let line = StyledLine([
      StyledText("load(_:)", .bold), StyledText(" at a-very-long-file:1", .dim),
    ])
    #expect(
      LineWrapping.wrap(line, indent: 2, hanging: 4, RenderSpec(width: 16)).map(\.plain) == [
        "  load(_:) at", "    a-very-long…",
      ])
    #expect(
      LineWrapping.wrap(line, indent: 2, hanging: 4, RenderSpec()).map(\.plain) == [
        "  load(_:) at a-very-long-file:1"
      ])
  }

  @Test func `at the prompt notes are broken to the width, in a batch they are not`() {
    let output = RecordingOutput()
    for isBatch in [false, true] {
      let session = Session(
        controller: Scenario.empty.controller, catalog: SmallCatalog(), output: output,
        settings: SessionSettings(isBatch: isBatch, rendering: RenderSpec(width: 30)))
      _ = session.execute("frob it")
      let longest = output.takeTexts().map(\.count).max() ?? 0
      #expect(isBatch == (longest > 30))
    }
  }
}
