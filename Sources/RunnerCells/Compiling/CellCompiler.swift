internal import Glibc

/// Makes a loadable library of a generated source: one start of the compiler, one of the linker.
struct CellCompiler {
  let toolchain: Toolchain
  let modules: CellModules
  let folder: CellFolder
  let environment: [String: String]

  /// What came out.
  struct Product {
    var library: String
    /// The libraries that the cell's imports ask for: `Foundation`.
    var libraries: [String]
    var warnings: [CellDiagnostic]
    var compiling: Duration
    var linking: Duration
  }

  /// Compiles and links; blocks the calling thread.
  ///
  /// - Throws: `CellError`.
  func compile(
    _ cell: GeneratedCell, of source: CellSource, control: BuildControl
  ) throws(CellError) -> Product {
    let base = "\(folder.path)/\(cell.module)"
    try FileWriter.write(cell.text, to: base + ".swift")
    let clock = ContinuousClock()
    let start = clock.now
    let result = try ToolProcess.run(
      arguments(base, cell.module), environment: environment, control: control)
    let diagnostics = DiagnosticCleaner(source: source, cell: cell).clean(result.output)
    guard result.isSuccess else { throw Self.rejection(result, diagnostics) }
    let compiled = clock.now
    try link(base, control)
    return Product(
      library: base + ".so", libraries: AutolinkEntries.libraries(of: base + ".o"),
      warnings: diagnostics, compiling: compiled - start, linking: clock.now - compiled)
  }

  private func arguments(_ base: String, _ module: String) -> [String] {
    [
      toolchain.frontend, "-frontend", "-c", base + ".swift", "-module-name", module,
      "-parse-as-library", "-swift-version", "5", "-Onone", "-g", "-enable-testing",
      "-disable-access-control", "-target", toolchain.target,
      "-disable-objc-interop", "-empty-abi-descriptor",
      "-enable-bare-slash-regex", "-file-compilation-dir", ".",
      "-I", folder.path, "-I", modules.folder, "-Xcc", "-fmodule-map-file=" + modules.moduleMap,
      "-plugin-path", toolchain.plugins, "-in-process-plugin-server-path", toolchain.pluginServer,
      "-module-cache-path", moduleCache,
      "-diagnostic-style", "llvm", "-no-color-diagnostics",
      "-o", base + ".o", "-emit-module-path", base + ".swiftmodule",
    ]
  }

  /// Where the compiler keeps what it makes of C modules; the user's cache folder, or the session's.
  private var moduleCache: String {
    let home = environment["HOME"].map { $0 + "/.cache" }
    let cache = (environment["XDG_CACHE_HOME"] ?? home).flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let cache, access(cache, W_OK) == 0 else { return folder.path + "/modules" }
    return cache + "/runner-repl/modules"
  }

  private func link(_ base: String, _ control: BuildControl) throws(CellError) {
    // No libraries: reading them takes longer than everything else. The program loads them itself.
    let result = try ToolProcess.run(
      [
        toolchain.linker, "-shared", "--hash-style=gnu", toolchain.registrar, base + ".o",
        "-o", base + ".so",
      ], environment: environment, control: control)
    guard result.isSuccess else {
      throw CellError(
        .failed, "'\(toolchain.linker)' could not link the cell: \(result.output.firstLine)")
    }
  }

  private static func rejection(
    _ result: ToolProcess.Result, _ diagnostics: [CellDiagnostic]
  ) -> CellError {
    if diagnostics.contains(where: { $0.severity == .error }) {
      return CellError(.rejected, "The cell does not compile.", diagnostics: diagnostics)
    }
    if let signal = result.signal {
      return CellError(
        .failed,
        "The compiler crashed with signal \(signal) while it compiled the cell; write it in another"
          + " way and try again.")
    }
    let reason = DiagnosticParser.parse(result.output).first { $0.severity == .error }?.message
    return CellError(
      .failed,
      "The compiler refused the cell for a reason that is not in its text:"
        + " \(reason ?? result.output.firstLine)")
  }
}

extension String {
  var firstLine: String { String(prefix { $0 != "\n" }) }
}
