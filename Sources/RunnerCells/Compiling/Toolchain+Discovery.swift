private import Glibc

extension Toolchain {
  /// The environment variable that names the compiler.
  package static let variable = "RUNNER_SWIFTC"

  /// Finds the compiler that `RUNNER_SWIFTC` names, or `swiftc` on the `PATH`.
  ///
  /// - Throws: `CellError.noToolchain` with what is missing.
  package static func discover(
    environment: [String: String]
  ) throws(CellError) -> Toolchain {
    let driver = try driver(environment)
    let information = try targetInformation(driver, environment)
    guard let version = information["compilerVersion"],
      let target = information["triple"], let resources = information["runtimeResourcePath"]
    else {
      throw CellError(
        .noToolchain,
        "'\(driver)' does not answer as a Swift compiler does; set \(variable) to the 'swiftc' of"
          + " Swift 6.3 and try again.")
    }
    let frontend = [folder(of: driver), resources + "/../../bin"].lazy
      .map { $0 + "/swift-frontend" }.first(where: isProgram)
    guard let frontend else {
      throw CellError(
        .noToolchain,
        "There is no 'swift-frontend' beside '\(driver)', so Swift cannot be compiled; install the"
          + " whole Swift toolchain and try again.")
    }
    let toolchain = Toolchain(
      frontend: frontend, version: version, target: target, resources: resources, linker: "")
    guard access(toolchain.registrar, R_OK) == 0 else {
      throw CellError(
        .noToolchain,
        "'\(toolchain.registrar)' is missing, so compiled Swift cannot be loaded; install the whole"
          + " Swift toolchain and try again.")
    }
    return try toolchain.withLinker(environment)
  }

  /// Looks for the compiler without starting it.
  ///
  /// - Throws: `CellError.noToolchain` when there is none.
  package static func checkPresence(environment: [String: String]) throws(CellError) {
    _ = try driver(environment)
  }

  private static func driver(
    _ environment: [String: String]
  ) throws(CellError) -> String {
    if let named = environment[variable], !named.isEmpty {
      let path = named.contains("/") ? named : search(named, environment)
      guard let path, isProgram(path), let whole = realPath(path) else {
        throw CellError(
          .noToolchain,
          "\(variable) is '\(named)', which is no program; set it to the 'swiftc' of Swift 6.3, or"
            + " unset it to use the one on the PATH.")
      }
      return beside(path, whole)
    }
    guard let path = search("swiftc", environment), let whole = realPath(path) else {
      throw CellError(
        .noToolchain,
        "There is no 'swiftc' on the PATH, so Swift cannot be compiled here; commands and built-in"
          + " coroutines work without it. Install Swift 6.3, or set \(variable) to its 'swiftc'.")
    }
    return beside(path, whole)
  }

  /// The path behind all links, as a name that the driver knows itself by.
  private static func beside(_ path: String, _ whole: String) -> String {
    let sibling = folder(of: whole) + "/swiftc"
    return isProgram(sibling) ? sibling : path
  }

  private func withLinker(_ environment: [String: String]) throws(CellError) -> Toolchain {
    let bundled = Self.folder(of: frontend) + "/ld.lld"
    guard let linker = Self.search("ld", environment) ?? (Self.isProgram(bundled) ? bundled : nil)
    else {
      throw CellError(
        .noToolchain,
        "There is no 'ld' on the PATH and no 'ld.lld' beside the compiler, so compiled Swift cannot"
          + " be linked; install binutils and try again.")
    }
    var toolchain = self
    toolchain.linker = linker
    return toolchain
  }

  // MARK: What the compiler says of itself

  private static func targetInformation(
    _ driver: String, _ environment: [String: String]
  ) throws(CellError) -> [String: String] {
    let frontend = folder(of: driver) + "/swift-frontend"
    let command =
      isProgram(frontend)
      ? [frontend, "-frontend", "-print-target-info"] : [driver, "-print-target-info"]
    let result = try ToolProcess.run(
      command, environment: environment, control: BuildControl())
    return values(in: result.output)
  }

  /// The texts of a JSON object by their keys; an inner object's keys too, the first of each.
  static func values(in json: String) -> [String: String] {
    var values: [String: String] = [:]
    for line in json.split(separator: "\n") {
      let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
      guard parts.count >= 5, parts[2].contains(":") else { continue }
      let value = parts[3...].dropLast().joined(separator: "\"")
      values[String(parts[1]), default: value] = values[String(parts[1])] ?? value
    }
    return values
  }

  // MARK: Files

  private static func search(_ name: String, _ environment: [String: String]) -> String? {
    (environment["PATH"] ?? "").split(separator: ":").lazy
      .map { "\($0)/\(name)" }.first(where: isProgram)
  }

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && access(path, X_OK) == 0
  }

  private static func folder(of path: String) -> String {
    path.split(separator: "/").dropLast().reduce(path.hasPrefix("/") ? "" : ".") { "\($0)/\($1)" }
  }

  private static func realPath(_ path: String) -> String? {
    guard let whole = realpath(path, nil) else { return nil }
    defer { free(whole) }
    return String(cString: whole)
  }
}
