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
    guard let lines = try? Surroundings.lines(ofFile: path) else { throw CommandError.noFile(path) }
    return lines
  }

  func write(_ text: String, to path: String) throws {
    do {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    } catch {
      throw CommandError.cannotWrite(path, (error as NSError).localizedDescription)
    }
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
