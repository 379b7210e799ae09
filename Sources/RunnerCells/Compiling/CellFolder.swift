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

  deinit { Self.remove(path) }

  private static let prefix = "runner-cells-"

  /// Removes what killed processes left behind.
  private static func removeAbandoned(in parent: String) {
    for name in names(in: parent) where name.hasPrefix(prefix) {
      let number = name.dropFirst(prefix.count).prefix { $0 != "-" }
      guard let process = pid_t(number), kill(process, 0) != 0, errno == ESRCH else { continue }
      remove("\(parent)/\(name)")
    }
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Removes a folder of files and folders; follows no links.
  private static func remove(_ path: String) {
    for name in names(in: path) {
      let inner = "\(path)/\(name)"
      if unlink(inner) != 0, errno == EISDIR { remove(inner) }
    }
    rmdir(path)
  }
}

/// Writes whole files.
enum FileWriter {
  /// - Throws: `CellError.failed` with the system's reason.
  static func write(_ text: String, to path: String) throws(CellError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count >= 0 else {
        if errno == EINTR { continue }
        throw failure(path)
      }
      rest.removeFirst(count)
    }
  }

  private static func failure(_ path: String) -> CellError {
    CellError(
      .failed,
      "'\(path)' cannot be written: \(String(cString: strerror(errno))); make room and try again.")
  }
}
