internal import Glibc

/// Reads whole files.
enum FileReader {
  /// The bytes, or `nil` when it cannot be read.
  static func bytes(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var taken = 0
    while taken < bytes.count {
      let size = bytes.count - taken
      let count = bytes.withUnsafeMutableBytes {
        read(descriptor, $0.baseAddress?.advanced(by: taken), size)
      }
      if count <= 0 { return nil }
      taken += count
    }
    return bytes
  }

  static func text(of path: String) -> String? {
    bytes(of: path).map { String(decoding: $0, as: UTF8.self) }
  }

  static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// What changes when a file is written anew: its size and its time.
  static func stamp(of path: String) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else { return "" }
    return "\(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
  }
}

/// Writes whole files.
enum FileWriter {
  /// Writes a file that only this user may read.
  ///
  /// - Throws: `CellError.failed` with the system's reason.
  static func write(_ bytes: [UInt8], to path: String) throws(CellError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var rest = bytes[...]
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

/// Removes folders of files and folders.
enum FolderRemover {
  /// What is in a folder.
  static func names(in folder: String) -> [String] {
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

  /// Removes a folder with all that is in it; follows no links.
  static func remove(_ path: String) {
    for name in names(in: path) {
      let inner = "\(path)/\(name)"
      if unlink(inner) != 0, errno == EISDIR { remove(inner) }
    }
    rmdir(path)
  }
}
