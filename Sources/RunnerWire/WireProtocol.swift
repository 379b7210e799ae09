/// The bounds and names that both sides of a connection agree on.
package enum WireProtocol {
  /// The protocol's name in `hello`.
  package static let name = "runner-wire"

  /// The version that this code speaks.
  package static let version = 1

  /// How many bytes a message may have, its newline not counted: 8 MiB.
  package static let maximumFrameSize = 8 * 1024 * 1024
}
