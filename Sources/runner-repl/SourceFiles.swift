import Foundation
import Glibc
import RunnerShell

/// Reads lines of source files of this machine.
struct SourceFiles: SourceReader {
  /// No source that a person wrote is larger.
  private static let sizeLimit = 4 * 1024 * 1024

  func line(_ number: Int, of path: String) -> String? {
    guard number > 0, let bytes = Self.bytes(of: path) else { return nil }
    let lines = bytes.split(
      separator: UInt8(ascii: "\n"), maxSplits: number, omittingEmptySubsequences: false)
    return lines.count >= number ? String(decoding: lines[number - 1], as: UTF8.self) : nil
  }

  func lines(of path: String) throws -> [String] {
    guard let lines = try? Surroundings.lines(ofFile: Self.expanded(path)) else {
      throw CommandError.noFile(path)
    }
    return lines
  }

  func write(_ text: String, to path: String) throws {
    let file = Self.expanded(path)
    let folder = (file as NSString).deletingLastPathComponent
    guard folder.isEmpty || access(folder, F_OK) == 0 else { throw CommandError.noFolder(folder) }
    do {
      try text.write(toFile: file, atomically: true, encoding: .utf8)
    } catch {
      throw CommandError.cannotWrite(path, Self.reason(error as NSError, of: file))
    }
  }

  /// Why a file cannot be written, as a part of a sentence.
  private static func reason(_ error: NSError, of file: String) -> String {
    var status = stat()
    if stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return "it is a folder" }
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError
    if let cause, cause.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(cause.code)))
    }
    var text = error.localizedDescription
    while text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// What a folder holds, at most so much that a menu can show it.
  func entries(ofFolder path: String) -> [FileEntry] {
    let folder = path.isEmpty ? "." : Self.expanded(path)
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var entries: [FileEntry] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      entries.append(FileEntry(name: name, isFolder: isFolder(entry, "\(folder)/\(name)")))
    }
    return entries
  }

  private func isFolder(_ entry: UnsafeMutablePointer<dirent>, _ path: String) -> Bool {
    let kind = Int(entry.pointee.d_type)
    guard kind == DT_LNK || kind == DT_UNKNOWN else { return kind == DT_DIR }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// A path with the person's home in place of a `~` at its beginning.
  private static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }

  /// A regular file's bytes; nothing that could block or has no end is read.
  private static func bytes(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= sizeLimit
    else { return nil }
    return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      while count < buffer.count {
        let read = read(
          descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
        if read <= 0 { return }
        count += read
      }
    }
  }
}
