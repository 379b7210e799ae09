/// A document that `--json` writes: an object with a schema of its own.
package protocol JSONDocument: Encodable, Sendable {
  /// The name and version of the schema: `runner-repl/ps/1`.
  var schema: String { get }
}
