import RunnerShell
import Testing

@Suite struct StylePainterTests {
  private let line = StyledLine([StyledText("ok", .good), StyledText(" done")])

  @Test func `colour is escape sequences around each run`() {
    #expect(StylePainter.paint(line, RenderSpec(usesColor: true)) == "\u{1B}[32mok\u{1B}[0m done")
  }

  @Test func `without colour there is no escape`() {
    #expect(StylePainter.bytes(of: [line], RenderSpec()) == Array("ok done\n".utf8))
  }
}
