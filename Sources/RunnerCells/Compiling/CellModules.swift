internal import Glibc

/// Where the compiler finds the modules that cells import, and which compiler made them.
package struct CellModules: Hashable, Sendable {
  package var folder: String
  /// Describes the C module that RunnerCore is made with.
  package var moduleMap: String
  /// The compiler that made them: `Swift version 6.3.1 (swift-6.3.1-RELEASE)`.
  package var version: String

  /// Those of the program that runs: beside it in a build folder, `../lib/runner-repl` where it was
  /// installed.
  ///
  /// - Throws: `CellError.noModules`.
  package static func ofThisProgram() throws(CellError) -> CellModules {
    let folder = ProgramFolder.path
    let places = [
      (folder + "/Modules", folder + "/CRunnerRuntime.build/module.modulemap"),
      (
        folder + "/../lib/runner-repl",
        folder + "/../lib/runner-repl/CRunnerRuntime/module.modulemap"
      ),
    ]
    for (modules, map) in places where access(map, R_OK) == 0 {
      if let version = version(of: modules + "/RunnerCellRuntime.swiftmodule") {
        return CellModules(folder: modules, moduleMap: map, version: version)
      }
    }
    throw CellError(
      .noModules,
      "The modules that compiled Swift needs are neither in '\(places[0].0)' nor in"
        + " '\(places[1].0)'; install runner-repl again with 'make install'.")
  }

  /// Refuses a compiler that cannot read these modules.
  ///
  /// - Throws: `CellError.otherVersion`.
  func check(_ toolchain: Toolchain) throws(CellError) {
    guard toolchain.version == version else {
      throw CellError(
        .otherVersion,
        "'\(toolchain.frontend)' is \(toolchain.version), but this program was built with \(version);"
          + " set \(Toolchain.variable) to that one's 'swiftc', or build the program again.")
    }
  }

  /// What changes when they are built again.
  var stamps: [String] {
    ["RunnerCellRuntime", "RunnerCore", "RunnerExamples"].map {
      FileReader.stamp(of: "\(folder)/\($0).swiftmodule")
    }
  }

  /// What a compiled module says of its compiler.
  private static func version(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 16_384)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return nil }
    let mark = Array("Swift version ".utf8)
    let start = bytes[..<count].indices.dropLast(mark.count)
      .first { bytes[$0...].starts(with: mark) }
    return start.map { start in
      String(decoding: bytes[start..<count].prefix { (0x20..<0x7F).contains($0) }, as: UTF8.self)
    }
  }
}

/// The folder of the program that runs.
enum ProgramFolder {
  static let path: String = {
    guard let whole = realpath("/proc/self/exe", nil) else { return "" }
    defer { free(whole) }
    let path = String(cString: whole)
    return path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
  }()
}
