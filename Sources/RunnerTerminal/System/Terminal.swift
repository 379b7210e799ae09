internal import CEditLine
internal import Glibc

/// The two descriptors of a terminal or of what stands in for one.
struct Terminal: Sendable {
  let input: Int32
  let output: Int32

  /// Whether an editor can work here: both ends are a terminal that understands escape sequences.
  var isUsable: Bool {
    guard isatty(input) == 1, isatty(output) == 1, let value = getenv("TERM") else { return false }
    return !["", "dumb", "emacs"].contains(String(cString: value))
  }

  var size: (columns: Int, lines: Int) {
    var columns: Int32 = 80
    var rows: Int32 = 24
    _ = cedit_window_size(output, &columns, &rows)
    return (Int(columns), Int(rows))
  }

  /// Whether the terminal reads by lines, as a shell leaves it, and not by keys.
  var isInLineMode: Bool { cedit_is_line_mode(input) }

  /// Writes all bytes; returns false when the other end is gone or takes no more.
  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var descriptor = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
        poll(&descriptor, 1, -1)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  func write(_ text: String) {
    write(Array(text.utf8))
  }

  /// Waits for bytes and reads what is there; nothing means the end of input.
  func read(upTo count: Int) -> [UInt8] {
    while true {
      var got = 0
      var failure: Int32 = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        got = Glibc.read(input, buffer.baseAddress, count)
        failure = errno
        initialized = max(0, got)
      }
      if got >= 0 { return bytes }
      switch failure {
      case EINTR: continue
      case EAGAIN: _ = Waiting.forInput(input, milliseconds: -1)
      default: return []
      }
    }
  }
}
