/// The document of `examples --json`; the source is there when one example was asked for.
package struct ExamplesDocument: JSONDocument {
  package struct Example: Encodable, Sendable {
    package var name: String
    package var signature: String
    package var summary: String
    @Nullable package var source: String?
  }

  package let schema = "runner-repl/examples/1"
  package var examples: [Example]

  package init(_ entries: [CoroutineEntry], withSource: Bool) {
    examples = entries.map {
      Example(
        name: $0.name, signature: $0.signature, summary: $0.summary,
        source: withSource ? $0.source : nil)
    }
  }
}
