/// What the prompt says of the runner in use.
package struct PromptCounts: Hashable, Sendable {
  package var liveTasks: Int
  package var unreadErrors: Int

  package init(liveTasks: Int = 0, unreadErrors: Int = 0) {
    self.liveTasks = liveTasks
    self.unreadErrors = unreadErrors
  }
}

/// Draws the prompt: `main> `, or `[2▶1!] main> ` for two live tasks and an error that nobody has read; `work (closed)> `
/// for a runner that runs nothing any more.
package enum PromptRendering {
  package static func request(
    runner: String, isClosed: Bool = false, _ counts: PromptCounts, continuing: Bool,
    _ spec: RenderSpec
  ) -> LineRequest {
    let first =
      counted(counts, spec) + [
        StyledText(VisibleText.excerpt(runner, limit: 30, spec), .accent),
        StyledText(isClosed ? " (closed)> " : "> "),
      ]
    let width = first.reduce(0) { $0 + DisplayWidth.of($1.text) }
    let next = [StyledText(String(repeating: ".", count: width - 2) + "> ", .dim)]
    return LineRequest(prompt: continuing ? next : first, continuationPrompt: next)
  }

  private static func counted(_ counts: PromptCounts, _ spec: RenderSpec) -> [StyledText] {
    guard counts != PromptCounts() else { return [] }
    var parts = [StyledText("[", .dim)]
    if counts.liveTasks > 0 {
      parts.append(StyledText("\(counts.liveTasks)\(spec.glyphs.live)", .good))
    }
    if counts.unreadErrors > 0 { parts.append(StyledText("\(counts.unreadErrors)!", .bad)) }
    return parts + [StyledText("] ", .dim)]
  }
}
