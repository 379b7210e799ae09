import Testing

@testable import RunnerCells

/// Stand-ins for the programs of a toolchain, each answering as little as it must.
@Suite struct ToolchainTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func message(_ environment: [String: String]) -> String {
    do {
      return "found \(try Toolchain.discover(environment: environment).frontend)"
    } catch {
      #expect(error.code == .noToolchain)
      return error.message
    }
  }

  /// What a compiler says of itself when it is asked for its target.
  private func addCompiler(version: String, hasRegistrar: Bool = true) throws {
    let answer = """
      {
        "compilerVersion": "\(version)",
        "target": {
          "triple": "x86_64-unknown-linux-gnu",
          "compatibilityLibraries": [ ]
        },
        "paths": {
          "runtimeResourcePath": "\(folder.path)/lib/swift"
        }
      }
      """
    try folder.addProgram("bin/swiftc")
    try folder.addProgram("bin/swift-frontend", "echo '\(answer)'")
    try folder.addProgram("bin/ld")
    if hasRegistrar { try folder.addProgram("lib/swift/linux/x86_64/swiftrt.o") }
  }

  @Test func `without swiftc one sentence says what still works`() {
    #expect(
      message(["PATH": folder.path]) == """
        There is no 'swiftc' on the PATH, so Swift cannot be compiled here; commands and built-in \
        coroutines work without it. Install Swift 6.3, or set RUNNER_SWIFTC to its 'swiftc'.
        """)
  }

  @Test func `RUNNER_SWIFTC must name a program`() {
    #expect(
      message(["RUNNER_SWIFTC": "/nowhere/swiftc"]) == """
        RUNNER_SWIFTC is '/nowhere/swiftc', which is no program; set it to the 'swiftc' of Swift \
        6.3, or unset it to use the one on the PATH.
        """)
  }

  @Test func `something else that is called swiftc is refused`() throws {
    let path = try folder.addProgram("swiftc", "echo hello")
    #expect(
      message(["RUNNER_SWIFTC": path]) == """
        '\(path)' does not answer as a Swift compiler does; set RUNNER_SWIFTC to the 'swiftc' of \
        Swift 6.3 and try again.
        """)
  }

  @Test func `a linker must be there`() throws {
    try addCompiler(version: "Swift version 6.3.1")
    let path = "\(folder.path)/bin/swiftc"
    #expect(message(["RUNNER_SWIFTC": path, "PATH": ""]).hasPrefix("There is no 'ld' on the PATH"))
    #expect(
      message(["RUNNER_SWIFTC": path, "PATH": "/nowhere:\(folder.path)/bin"])
        == "found \(folder.path)/bin/swift-frontend")
  }

  @Test func `half a toolchain is told from a whole one`() throws {
    try addCompiler(version: "Swift version 6.3.1", hasRegistrar: false)
    #expect(message(["PATH": "\(folder.path)/bin"]).contains("swiftrt.o' is missing"))
  }

  @Test func `RUNNER_SWIFTC goes before the PATH`() throws {
    try addCompiler(version: "Swift version 6.3.1")
    #expect(
      message(["RUNNER_SWIFTC": "/nowhere/swiftc", "PATH": "\(folder.path)/bin"])
        .contains("/nowhere/swiftc"))
  }

  @Test func `another version is refused with both of them`() throws {
    try addCompiler(version: "Swift version 6.2 (swift-6.2-RELEASE)")
    let toolchain = try Toolchain.discover(environment: ["PATH": "\(folder.path)/bin"])
    let modules = CellModules(
      folder: "", moduleMap: "", version: "Swift version 6.3.1 (swift-6.3.1-RELEASE)")
    let error = #expect(throws: CellError.self) { try modules.check(toolchain) }
    #expect(error?.code == .otherVersion)
    #expect(
      error?.message == """
        '\(folder.path)/bin/swift-frontend' is Swift version 6.2 (swift-6.2-RELEASE), but this \
        program was built with Swift version 6.3.1 (swift-6.3.1-RELEASE); set RUNNER_SWIFTC to that \
        one's 'swiftc', or build the program again.
        """)
  }

  @Test func `the modules beside this program say which compiler made them`() throws {
    #expect(try CellModules.ofThisProgram().version.hasPrefix("Swift version 6."))
  }
}
