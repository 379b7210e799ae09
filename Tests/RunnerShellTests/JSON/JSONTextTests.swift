import Foundation
import RunnerCore
import RunnerShell
import Testing

@Suite struct JSONTextTests {
  private struct Sample: JSONDocument {
    let schema = "sample/1"
    var text: String
    @Nullable var number: Int?
  }

  @Test func `a document is one line with sorted keys, and absence is null`() throws {
    let text = try JSONText.encode(Sample(text: "a/b"), RenderSpec())
    #expect(text == #"{"number":null,"schema":"sample/1","text":"a/b"}"#)
  }

  @Test(arguments: ["\u{9B}31m\u{1B}[2J", "\u{202E}x\u{E0041}", "日本 👍"])
  func `nothing that a terminal acts on comes out raw, and nothing is lost`(text: String) throws {
    for spec in [RenderSpec(), RenderSpec(usesASCII: true)] {
      let encoded = try JSONText.encode(Sample(text: text), spec)
      #expect(VisibleText.line(encoded, spec) == encoded)
      let object = try JSONSerialization.jsonObject(with: Data(encoded.utf8)) as? [String: Any]
      #expect(object?["text"] as? String == text)
    }
  }
}
