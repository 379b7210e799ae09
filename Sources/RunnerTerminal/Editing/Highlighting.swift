internal import RunnerShell

/// The styles of the text being edited, found once for each text.
struct Highlighting: Sendable {
  /// What is longer stays plain: it is found anew at each key.
  private static let longestText = 20_000
  private var text: [Unicode.Scalar] = []
  private var spans: [PaintedSpan] = []

  mutating func spans(
    of new: [Unicode.Scalar], _ palette: Palette, _ assistant: any LineAssistant
  ) -> [PaintedSpan] {
    guard palette.usesStyles, new.count <= Self.longestText else { return [] }
    guard new != text else { return spans }
    text = new
    spans = assistant.highlights(of: Graphemes.string(new)).map {
      PaintedSpan(range: $0.range, sgr: palette.sgr($0.kind))
    }
    return spans
  }

  /// Forgets what was found: the next line may mean something else.
  mutating func forget() {
    text = []
    spans = []
  }
}
