package import RunnerCore

/// An error in a document.
package struct ErrorRecord: Encodable, Sendable {
  package var type: String
  package var message: String

  package init(_ error: ErrorSnapshot) {
    type = error.type
    message = error.message
  }
}
