internal import Glibc

/// A file that this process holds alone until it closes it; made with mode 0600, in folders with 0700.
struct LockedFile {
  private let path: String
  private let descriptor: Int32

  /// Opens or makes the file and waits for its lock.
  init(path: String) throws(HistoryError) {
    try Self.makeFolder(of: path)
    while true {
      let flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
      let opened = open(path, flags, 0o600)
      guard opened >= 0 else {
        throw HistoryError("The history can't be kept in", path, code: errno)
      }
      var mine = stat()
      fstat(opened, &mine)
      guard mine.st_mode & S_IFMT == S_IFREG else {
        Glibc.close(opened)
        throw HistoryError("The history can't be kept in \(path): it is not a regular file.")
      }
      while flock(opened, LOCK_EX) != 0 && errno == EINTR {}
      // Another session may have replaced the file while we waited for the old one.
      var current = stat()
      if stat(path, &current) == 0, current.st_ino == mine.st_ino, current.st_dev == mine.st_dev {
        if mine.st_mode & 0o077 != 0 { fchmod(opened, 0o600) }
        self.path = path
        descriptor = opened
        return
      }
      Glibc.close(opened)
    }
  }

  func close() {
    Glibc.close(descriptor)
  }

  /// Whether the last byte is no line feed.
  var endsInsideLine: Bool {
    var last: UInt8 = 0x0A
    let end = lseek(descriptor, 0, SEEK_END)
    return end > 0 && pread(descriptor, &last, 1, end - 1) == 1 && last != 0x0A
  }

  func readAll() throws(HistoryError) -> [UInt8] {
    var size = lseek(descriptor, 0, SEEK_END)
    var bytes: [UInt8] = []
    while size > 0 {
      let offset = off_t(bytes.count)
      var chunk = [UInt8](repeating: 0, count: Int(size))
      let count = pread(descriptor, &chunk, chunk.count, offset)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw HistoryError("The history can't be read from", path, code: errno)
      }
      guard count > 0 else { break }
      bytes += chunk[..<count]
      size -= off_t(count)
    }
    return bytes
  }

  func append(_ bytes: [UInt8]) throws(HistoryError) {
    try Self.write(bytes, to: descriptor, path)
  }

  /// Puts a new file in this one's place, so that a crash leaves one or the other.
  func replaceContents(with bytes: [UInt8]) throws(HistoryError) {
    let target = realpath(path, nil).map { pointer in
      defer { free(pointer) }
      return String(cString: pointer)
    }
    let place = target ?? path
    let temporary = "\(place).\(getpid()).new"
    let made = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard made >= 0 else {
      throw HistoryError("The history can't be shortened in", temporary, code: errno)
    }
    defer { Glibc.close(made) }
    do {
      try Self.write(bytes, to: made, temporary)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, place) == 0 else {
      let code = errno
      unlink(temporary)
      throw HistoryError("The history can't be shortened in", place, code: code)
    }
  }

  private static func write(
    _ bytes: [UInt8], to descriptor: Int32, _ path: String
  ) throws(HistoryError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw HistoryError("The history can't be written to", path, code: errno)
      }
    }
  }

  /// Makes the folders that are missing.
  private static func makeFolder(of path: String) throws(HistoryError) {
    var index = path.startIndex
    while let slash = path[index...].firstIndex(of: "/") {
      let folder = String(path[..<slash])
      index = path.index(after: slash)
      if folder.isEmpty || mkdir(folder, 0o700) == 0 { continue }
      let code = errno
      var status = stat()
      guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw HistoryError("The history's folder can't be made at", folder, code: code)
      }
    }
  }
}
