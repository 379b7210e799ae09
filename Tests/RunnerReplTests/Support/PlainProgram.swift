import Foundation
import TerminalTesting

/// A file that was saved as plain Swift, compiled by `swiftc` against what was built beside the tests.
enum PlainProgram {
  /// Compiles and links a file; returns the program's path.
  static func compile(_ path: String, in home: Home) throws -> String {
    let build = URL(filePath: PseudoTerminal.product("runner-repl")).deletingLastPathComponent()
    let program = "\(home.path)/plain"
    var command = [
      ProcessInfo.processInfo.environment["RUNNER_SWIFTC"] ?? "swiftc", "-swift-version", "5",
      "-warnings-as-errors", path, "-o", program, "-I", build.appending(path: "Modules").path(),
      "-Xcc",
      "-fmodule-map-file=\(build.appending(path: "CRunnerRuntime.build/module.modulemap").path())",
    ]
    for module in [
      "RunnerCore", "RunnerExamples", "CRunnerRuntime", "HashTreeCollections",
      "InternalCollectionsUtilities",
    ] {
      let folder = build.appending(path: "\(module).build").path()
      command += try FileManager.default.subpathsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".o") }.map { "\(folder)/\($0)" }
    }
    let said = try output(of: "/usr/bin/env", command)
    guard said.isEmpty else { throw Failure(said) }
    return program
  }

  /// What a program writes to both of its outputs.
  static func output(of program: String, _ arguments: [String] = []) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(
        "\(program) ended with \(process.terminationStatus): \(String(decoding: bytes, as: UTF8.self))"
      )
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
