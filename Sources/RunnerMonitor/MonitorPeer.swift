/// How a program introduces itself to the other side of a monitor's connection.
public struct MonitorProgram: Hashable, Sendable {
  public var name: String
  public var version: String

  public init(name: String, version: String) {
    self.name = name
    self.version = version
  }
}

/// Who is at the other end of a monitor's connection, as it says of itself.
public struct MonitorPeer: Hashable, Sendable {
  public var program: MonitorProgram
  public var processID: Int32
  /// The lowest number that the next task may have; sent by a client that replaced a worker.
  public var firstTaskNumber: UInt64?
  /// The lowest number that the next job may have; sent by a client that replaced a worker.
  public var firstJobNumber: Int?

  public init(
    program: MonitorProgram, processID: Int32, firstTaskNumber: UInt64? = nil,
    firstJobNumber: Int? = nil
  ) {
    self.program = program
    self.processID = processID
    self.firstTaskNumber = firstTaskNumber
    self.firstJobNumber = firstJobNumber
  }
}
