/// The first message in each direction: who speaks, and which version of the protocol.
package struct WireHello: Hashable, Sendable, Codable {
  package var protocolName: String
  package var version: Int
  /// The name of the program that speaks.
  package var program: String
  package var programVersion: String
  package var processID: Int32
  /// The number that the server gives to its next task at the lowest; sent by a client only.
  package var firstTaskNumber: UInt64?
  /// The number that the server gives to its next job at the lowest; sent by a client only.
  package var firstJobNumber: Int?

  package init(
    protocolName: String = WireProtocol.name, version: Int = WireProtocol.version,
    program: String, programVersion: String, processID: Int32, firstTaskNumber: UInt64? = nil,
    firstJobNumber: Int? = nil
  ) {
    self.protocolName = protocolName
    self.version = version
    self.program = program
    self.programVersion = programVersion
    self.processID = processID
    self.firstTaskNumber = firstTaskNumber
    self.firstJobNumber = firstJobNumber
  }

  private enum CodingKeys: String, CodingKey {
    case protocolName = "protocol"
    case version
    case program
    case programVersion
    case processID = "pid"
    case firstTaskNumber
    case firstJobNumber
  }

  /// Throws unless both sides speak the same protocol in the same version.
  package func checkVersion() throws(WireError) {
    guard protocolName == WireProtocol.name else {
      throw WireError(
        .versionMismatch,
        "The peer speaks '\(protocolName)', this side '\(WireProtocol.name)' version "
          + "\(WireProtocol.version). Connect to a program that embeds the monitor.")
    }
    guard version == WireProtocol.version else {
      throw WireError(
        .versionMismatch,
        "The peer speaks version \(version) of \(WireProtocol.name), this side version "
          + "\(WireProtocol.version). Use the same release on both sides.")
    }
  }
}
