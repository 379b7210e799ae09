import RunnerShell
import Testing

@Suite struct ExampleRenderingTests {
  private let entry = CoroutineEntry(
    name: "long", signature: "long()", summary: "is long",
    source: """
      /// Makes two tasks that await each other.
      func long() {
        // nothing of this can ever end
        let introduction = loop.makeFuture(label: "x")
      }

      """)

  @Test func `a source is broken between words, and remarks stay remarks`() {
    #expect(
      ExampleRendering.source(entry, RenderSpec(width: 30)).map(\.plain) == [
        "/// Makes two tasks that await", "/// each other.", "func long() {",
        "  // nothing of this can ever", "  // end", "  let introduction =",
        "      loop.makeFuture(label:", "      \"x\")", "}",
      ])
  }

  @Test func `without a width a source is as it is`() {
    #expect(
      ExampleRendering.source(entry, RenderSpec()).map(\.plain).joined(separator: "\n") + "\n"
        == entry.source)
  }
}
