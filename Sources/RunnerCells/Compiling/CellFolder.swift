internal import Glibc

/// The folder in which a session's cells are compiled; goes away with the value that owns it.
final class CellFolder: Sendable {
  let path: String

  /// Makes a folder that only this user may enter, and removes those of processes that are gone.
  ///
  /// - Throws: `CellError.failed` when none can be made.
  init(environment: [String: String]) throws(CellError) {
    let parent = environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    Self.removeAbandoned(in: parent)
    var template = Array("\(parent)/\(Self.prefix)\(getpid())-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw CellError(
        .failed,
        "No folder for compiled cells can be made in '\(parent)': \(String(cString: strerror(errno)));"
          + " set TMPDIR to one that can be written to.")
    }
    path = template.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }

  deinit { FolderRemover.remove(path) }

  private static let prefix = "runner-cells-"

  /// Removes what killed processes left behind.
  private static func removeAbandoned(in parent: String) {
    for name in FolderRemover.names(in: parent) where name.hasPrefix(prefix) {
      let number = name.dropFirst(prefix.count).prefix { $0 != "-" }
      guard let process = pid_t(number), kill(process, 0) != 0, errno == ESRCH else { continue }
      FolderRemover.remove("\(parent)/\(name)")
    }
  }
}
