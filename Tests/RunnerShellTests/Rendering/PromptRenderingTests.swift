import RunnerShell
import Testing

@Suite struct PromptRenderingTests {
  private func prompts(
    _ live: Int, _ unread: Int, runner: String = "main", spec: RenderSpec = RenderSpec()
  ) -> [String] {
    let counts = PromptCounts(liveTasks: live, unreadErrors: unread)
    let request = PromptRendering.request(runner: runner, counts, continuing: false, spec)
    return [request.prompt, request.continuationPrompt].map { $0.map(\.text).joined() }
  }

  @Test func `the prompt counts what there is, and further lines begin below its text`() {
    #expect(prompts(0, 0) == ["main> ", "....> "])
    #expect(prompts(2, 0) == ["[2▶] main> ", ".........> "])
    #expect(prompts(0, 1) == ["[1!] main> ", ".........> "])
    #expect(prompts(12, 3, runner: "日本") == ["[12▶3!] 日本> ", "............> "])
  }

  @Test func `a closed runner is marked, and further lines begin below its text`() {
    let request = PromptRendering.request(
      runner: "work", isClosed: true, PromptCounts(unreadErrors: 1), continuing: false, RenderSpec()
    )
    let texts = [request.prompt, request.continuationPrompt].map { $0.map(\.text).joined() }
    #expect(texts == ["[1!] work (closed)> ", "..................> "])
  }

  @Test func `ASCII has a sign for live tasks too`() {
    #expect(prompts(2, 1, spec: RenderSpec(usesASCII: true))[0] == "[2>1!] main> ")
  }

  @Test func `a line that continues another has dots`() {
    let request = PromptRendering.request(
      runner: "main", PromptCounts(), continuing: true, RenderSpec())
    #expect(request.prompt.map(\.text) == ["....> "])
  }
}
