internal import Glibc

/// Compiled cells of earlier sessions: replaying a session does not compile it again.
///
/// Each has a folder named by its key, which appears at once and complete. Those that nobody used for a
/// month are removed.
struct CellCache {
  private let folder: String

  /// Opens the cache in the user's cache folder; `nil` where there is none.
  init?(in cacheFolder: String?) {
    guard let cacheFolder else { return nil }
    folder = cacheFolder + "/cells"
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { return nil }
    removeOld()
  }

  private static let suffixes = [".so", ".swiftmodule"]
  private static let month: time_t = 30 * 24 * 60 * 60

  /// Puts a cell's files where the compiler would have; returns the libraries it needs, or `nil` when it
  /// is not here.
  func restore(_ key: CellKey, module: String, to target: String) -> [String]? {
    let entry = "\(folder)/\(key)"
    guard let list = FileReader.text(of: entry + "/libraries") else { return nil }
    for suffix in Self.suffixes {
      guard symlink("\(entry)/\(module)\(suffix)", "\(target)/\(module)\(suffix)") == 0 else {
        for suffix in Self.suffixes { unlink("\(target)/\(module)\(suffix)") }
        return nil
      }
    }
    utimes(entry, nil)
    return list.split(separator: "\n").map(String.init)
  }

  /// Keeps a cell's files; does nothing when that fails.
  func store(_ key: CellKey, module: String, from source: String, libraries: [String]) {
    let entry = "\(folder)/\(key)"
    let draft = "\(entry)-\(getpid())"
    guard mkdir(draft, 0o700) == 0 else { return }
    do throws(CellError) {
      for suffix in Self.suffixes {
        guard let bytes = FileReader.bytes(of: "\(source)/\(module)\(suffix)") else {
          return FolderRemover.remove(draft)
        }
        try FileWriter.write(bytes, to: "\(draft)/\(module)\(suffix)")
      }
      try FileWriter.write(Array(libraries.joined(separator: "\n").utf8), to: draft + "/libraries")
    } catch {
      return FolderRemover.remove(draft)
    }
    if rename(draft, entry) != 0 { FolderRemover.remove(draft) }
  }

  private func removeOld() {
    let now = time(nil)
    for name in FolderRemover.names(in: folder) {
      var status = stat()
      guard stat("\(folder)/\(name)", &status) == 0, now - status.st_mtim.tv_sec > Self.month
      else { continue }
      FolderRemover.remove("\(folder)/\(name)")
    }
  }
}
