import Foundation
import Testing

/// Runs `cell-fixture`, which lies beside the program that runs the tests.
enum FixtureProcess {
  /// Plays a transcript; returns what it wrote to standard output.
  static func play(
    _ transcript: String, environment changes: [String: String] = [:]
  ) throws -> String {
    try run([], input: transcript, environment: changes)
  }

  /// Plays files of cells; returns what the cells of each printed, in the order of the files.
  static func play(files: [String]) throws -> [String] {
    try run(files, input: "", environment: [:]).components(separatedBy: "== ").dropFirst().map {
      part in
      String(part.drop { $0 != "\n" }.dropFirst())
    }
  }

  private static func run(
    _ arguments: [String], input text: String, environment changes: [String: String]
  ) throws -> String {
    let process = Process()
    let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    process.executableURL = folder.appending(path: "cell-fixture")
    process.arguments = arguments
    // In the build folder, where it is out of the user's way.
    var environment = ProcessInfo.processInfo.environment
    environment["XDG_CACHE_HOME"] = folder.appending(path: "cell-test-cache").path()
    process.environment = environment.merging(changes) { $1 }
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // The fixture reads all of it before it writes anything.
    input.fileHandleForWriting.write(Data(text.utf8))
    try input.fileHandleForWriting.close()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: bytes, as: UTF8.self)
  }
}
