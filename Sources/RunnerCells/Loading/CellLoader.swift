internal import Glibc
internal import RunnerCellRuntime
internal import RunnerCore

/// Loads compiled cells into this process; what is loaded stays.
struct CellLoader {
  let toolchain: Toolchain

  /// Loads a library and calls its entry function.
  ///
  /// - Throws: `CellError.failed` with the loader's reason.
  func load(
    _ library: String, needing libraries: [String], entry: String
  ) throws(CellError) -> CellProgram {
    for name in libraries { loadShared(name) }
    guard let handle = dlopen(library, RTLD_NOW | RTLD_GLOBAL) else { throw failure() }
    guard let symbol = dlsym(handle, entry) else { throw failure() }
    typealias Entry = @convention(c) () -> UnsafeMutableRawPointer
    return CellProgram.take(unsafeBitCast(symbol, to: Entry.self)())
  }

  /// One that is part of this program, or is not there, is none of our business: the cell will say what
  /// it misses.
  private func loadShared(_ name: String) {
    let file = "lib\(name).so"
    if dlopen("\(toolchain.libraries)/\(file)", RTLD_NOW | RTLD_GLOBAL) == nil {
      _ = dlopen(file, RTLD_NOW | RTLD_GLOBAL)
    }
  }

  private func failure() -> CellError {
    let reason = dlerror().map { String(cString: $0) } ?? "no reason given"
    return CellError(.failed, "The compiled cell cannot be loaded: \(reason)")
  }
}
