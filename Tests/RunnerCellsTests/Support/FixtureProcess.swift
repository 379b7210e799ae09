import Foundation
import Testing

/// Runs `cell-fixture`, which lies beside the program that runs the tests.
enum FixtureProcess {
  /// Plays a transcript; returns what it wrote to standard output.
  static func play(
    _ transcript: String, environment changes: [String: String] = [:]
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "cell-fixture")
    process.environment = ProcessInfo.processInfo.environment.merging(changes) { $1 }
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // The fixture reads all of it before it writes anything.
    input.fileHandleForWriting.write(Data(transcript.utf8))
    try input.fileHandleForWriting.close()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: bytes, as: UTF8.self)
  }
}
