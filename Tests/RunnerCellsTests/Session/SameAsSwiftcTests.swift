import Foundation
import Testing

/// Cells that must print what the same text prints as a script of `swiftc`.
///
/// Each file of `SameAsSwiftc` is both: cells between lines `//:`, and a script that does not know it.
@Suite(.serialized) struct SameAsSwiftcTests {
  private static let names = Golden.names(in: "SameAsSwiftc")

  /// What the cells of each file print; one process plays all of them.
  private static let printed = Result {
    Dictionary(
      uniqueKeysWithValues: zip(
        names, try FixtureProcess.play(files: names.map { Golden.path(of: "SameAsSwiftc/\($0)") })))
  }

  @Test(.timeLimit(.minutes(2)), arguments: names)
  func `cells print what their text prints as a script`(name: String) throws {
    let folder = try TemporaryFolder()
    let program = "\(folder.path)/script"
    let compiler = ProcessInfo.processInfo.environment["RUNNER_SWIFTC"] ?? "swiftc"
    let path = Golden.path(of: "SameAsSwiftc/\(name)")
    try #require(
      Self.output(of: [compiler, "-suppress-warnings", path, "-o", program]) == "")
    let script = try Self.output(of: [program])
    #expect(!script.isEmpty)
    #expect(try Self.printed.get()[name] == script)
  }

  @Test func `there are more than sixty such cells`() throws {
    let counts = try Self.names.map { name in
      try Golden.text(of: "SameAsSwiftc/\(name)").components(separatedBy: "//:\n").count
    }
    #expect(counts.reduce(0, +) > 60)
  }

  /// What a command writes to both of its outputs; it must succeed.
  private static func output(of command: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: bytes, as: UTF8.self)
  }
}
