/// Makes a loadable library of a generated source: one start of the compiler, one of the linker.
struct CellCompiler {
  let toolchain: Toolchain
  let modules: CellModules
  let folder: CellFolder
  let environment: [String: String]
  private let cacheFolder: String?
  private let cache: CellCache?

  /// What came out.
  struct Product {
    var library: String
    /// The libraries that the cell's imports ask for: `Foundation`.
    var libraries: [String]
    var warnings: [CompilerDiagnostic] = []
    var key: CellKey
    var compiling = Duration.zero
    var linking = Duration.zero
  }

  /// Creates a compiler for a session.
  init(
    toolchain: Toolchain, modules: CellModules, folder: CellFolder, environment: [String: String]
  ) {
    self.toolchain = toolchain
    self.modules = modules
    self.folder = folder
    self.environment = environment
    cacheFolder = CacheFolder.path(environment: environment)
    cache = CellCache(in: cacheFolder)
  }

  /// Compiles and links, or finds what an earlier session made of the same; blocks the calling thread.
  ///
  /// `imported` are the keys of the cells that it imports.
  /// - Throws: `CellError`.
  func compile(
    _ cell: GeneratedCell, of source: CellSource, importing imported: [CellKey],
    control: BuildControl
  ) throws(CellError) -> Product {
    let key = key(of: cell, importing: imported)
    let base = "\(folder.path)/\(cell.module)"
    if let libraries = cache?.restore(key, module: cell.module, to: folder.path) {
      return Product(library: base + ".so", libraries: libraries, key: key)
    }
    try FileWriter.write(Array(cell.text.utf8), to: base + ".swift")
    let clock = ContinuousClock()
    let start = clock.now
    let result = try ToolProcess.run(
      [toolchain.frontend] + options + files(base, cell.module), environment: environment,
      control: control)
    let diagnostics = DiagnosticCleaner(source: source, cell: cell).clean(result.output)
    guard result.isSuccess else { throw Self.rejection(result, diagnostics) }
    let compiled = clock.now
    try link(base, control)
    let product = Product(
      library: base + ".so", libraries: AutolinkEntries.libraries(of: base + ".o"),
      warnings: diagnostics, key: key, compiling: compiled - start, linking: clock.now - compiled)
    // What the compiler has said would not be said again.
    if diagnostics.isEmpty {
      cache?.store(key, module: cell.module, from: folder.path, libraries: product.libraries)
    }
    return product
  }

  private func key(of cell: GeneratedCell, importing imported: [CellKey]) -> CellKey {
    var key = CellKey()
    let parts =
      [toolchain.version] + options + modules.stamps + imported.map(\.description) + [cell.text]
    for part in parts { key.add(part) }
    return key
  }

  /// Compiles next to nothing, so that the first cell finds in memory and in the caches what every cell
  /// needs; blocks the calling thread, and leaves the machine to whatever else it has to do.
  func warmUp(_ prelude: [String]) {
    let base = folder.path + "/WarmUp"
    let text = (["RunnerCellRuntime"] + prelude).map { "import \($0)\n" }.joined() + "let n = 1\n"
    guard (try? FileWriter.write(Array(text.utf8), to: base + ".swift")) != nil else { return }
    let result = try? ToolProcess.run(
      [toolchain.frontend] + options + files(base, "WarmUp"), environment: environment,
      control: BuildControl(), isPatient: true)
    if result?.isSuccess == true { try? link(base, BuildControl()) }
  }

  /// What SourceKit has to know to read a half-typed cell; its file is never written.
  var completionArguments: [String] {
    language + ["-module-name", "Completion"] + search + [folder.path + "/Completion.swift"]
  }

  /// What is the same for all cells of all sessions.
  private var options: [String] {
    [
      "-frontend", "-c", "-parse-as-library", "-Onone", "-g", "-file-compilation-dir", ".",
      "-enable-testing", "-disable-access-control", "-disable-objc-interop",
      "-empty-abi-descriptor", "-in-process-plugin-server-path", toolchain.pluginServer,
      "-diagnostic-style", "llvm", "-no-color-diagnostics",
    ] + language
  }

  private var language: [String] {
    [
      "-swift-version", "5", "-enable-bare-slash-regex", "-target", toolchain.target,
      "-I", modules.folder, "-Xcc", "-fmodule-map-file=" + modules.moduleMap,
      "-plugin-path", toolchain.plugins,
    ]
  }

  private var search: [String] {
    ["-I", folder.path, "-module-cache-path", (cacheFolder ?? folder.path) + "/modules"]
  }

  private func files(_ base: String, _ module: String) -> [String] {
    search + [
      "-module-name", module, base + ".swift",
      "-o", base + ".o", "-emit-module-path", base + ".swiftmodule",
    ]
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
    _ result: ToolProcess.Result, _ diagnostics: [CompilerDiagnostic]
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
