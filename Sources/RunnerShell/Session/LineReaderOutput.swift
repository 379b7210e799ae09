/// Output for a person: everything goes above the line that is being edited.
package struct LineReaderOutput: SessionOutput {
  private let reader: any LineReader

  package init(_ reader: any LineReader) {
    self.reader = reader
  }

  package func write(_ lines: [StyledLine], to channel: OutputChannel, _ spec: RenderSpec) {
    reader.writeLines(StylePainter.bytes(of: lines, spec))
  }

  package func showProgress(_ line: StyledLine?, whileTyping: Bool, _ spec: RenderSpec) {
    reader.showProgress(line.map { StylePainter.paint($0, spec) }, whileTyping: whileTyping)
  }
}
