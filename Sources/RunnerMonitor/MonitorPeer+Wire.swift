import Glibc
import RunnerWire

extension MonitorPeer {
  init(_ hello: WireHello) {
    self.init(
      program: MonitorProgram(name: hello.program, version: hello.programVersion),
      processID: hello.processID, firstTaskNumber: hello.firstTaskNumber,
      firstJobNumber: hello.firstJobNumber)
  }
}

extension WireHello {
  /// Creates the first message of this process.
  init(_ program: MonitorProgram, firstTaskNumber: UInt64? = nil, firstJobNumber: Int? = nil) {
    self.init(
      program: program.name, programVersion: program.version, processID: getpid(),
      firstTaskNumber: firstTaskNumber, firstJobNumber: firstJobNumber)
  }
}
