import Glibc
import RunnerCore

/// A pipe whose ends are closed with the test.
struct TestPipe {
  let reading: Int32
  let writing: Int32

  init() throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw RunnerError(.system, "No pipe: \(String(cString: strerror(errno))).")
    }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (reading, writing) = (ends[0], ends[1])
  }

  func write(_ text: String) {
    text.withCString { _ = Glibc.write(writing, $0, strlen($0)) }
  }

  func read() -> String {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(reading, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  func close() {
    Glibc.close(reading)
    Glibc.close(writing)
  }
}
