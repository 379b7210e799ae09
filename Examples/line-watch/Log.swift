import Glibc
import RunnerCore

/// Lines of output, each with what the context says they are about.
enum Log {
  /// Stands before each line; set by the first run, seen by all that comes after it.
  static let prefix = ContextVariable("prefix", default: "line-watch")

  static func write(_ line: String) {
    print("\(prefix.value): \(line)")
    // Who reads a pipe wants to see it now, too.
    fflush(nil)
  }
}
