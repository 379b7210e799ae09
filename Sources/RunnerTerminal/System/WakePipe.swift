internal import CEditLine
internal import Glibc

/// Lets any thread end another thread's wait for input.
final class WakePipe: Sendable {
  /// Readable after `wake`, until `drain`.
  let descriptor: Int32
  private let writeEnd: Int32

  /// Fails when the process has no descriptors left.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard cedit_pipe(&ends) else { return nil }
    (descriptor, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(writeEnd)
  }

  func wake() {
    // A full pipe wakes as well.
    var byte: UInt8 = 1
    _ = write(writeEnd, &byte, 1)
  }

  func drain() {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(descriptor, &bytes, bytes.count) > 0 {}
  }
}
