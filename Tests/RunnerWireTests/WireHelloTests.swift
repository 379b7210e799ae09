import RunnerWire
import Testing

@Suite struct WireHelloTests {
  private func hello(protocolName: String, version: Int) -> WireHello {
    WireHello(
      protocolName: protocolName, version: version, program: "p", programVersion: "1",
      processID: 1)
  }

  @Test func `the own version is accepted`() throws {
    try hello(protocolName: "runner-wire", version: 1).checkVersion()
  }

  @Test func `another version is refused with both versions`() {
    let error = #expect(throws: WireError.self) {
      try hello(protocolName: "runner-wire", version: 2).checkVersion()
    }
    #expect(error?.code == .versionMismatch)
    #expect(
      error?.message == "The peer speaks version 2 of runner-wire, this side version 1. "
        + "Use the same release on both sides.")
  }

  @Test func `another protocol is refused`() {
    let error = #expect(throws: WireError.self) {
      try hello(protocolName: "gopher", version: 1).checkVersion()
    }
    #expect(
      error?.message == "The peer speaks 'gopher', this side 'runner-wire' version 1. "
        + "Connect to a program that embeds the monitor.")
  }
}
