package import RunnerCore

/// A value in a document.
package struct ValueRecord: Encodable, Sendable {
  package var type: String
  package var text: String

  package init(_ value: ValueSnapshot) {
    type = value.type
    text = value.text
  }
}
