private import Glibc
package import RunnerCore

/// The words in which a crash is told: what happened, and the user's functions with their lines.
package enum CrashText {
  /// How many functions are shown; a recursion has thousands.
  private static let frameLimit = 8

  /// How many characters of a line of source are shown.
  private static let sourceLimit = 160

  /// Returns the lines of a report; `source` finds a line of a file or cell, for the innermost function.
  package static func lines(
    of crash: CrashWatch.Crash, under limit: MemoryLimit? = nil,
    source: (_ line: Int, _ path: String) -> String? = { _, _ in nil }
  ) -> [String] {
    let frames = crash.frames.filter { !$0.isFolded && $0.line != nil }
    var lines = [
      crash.signal == 0
        ? "exited: exit(\(crash.exitStatus)) was called" : "crashed: \(what(crash, limit))"
    ]
    var shown = 0
    var index = 0
    while index < frames.count, shown < frameLimit {
      let text = line(of: frames[index])
      let count = frames[index...].prefix { line(of: $0) == text }.count
      lines.append("  \(text)" + (count > 2 ? ", \(count) times" : ""))
      if index == 0, let number = frames[0].line, let path = frames[0].path,
        let text = source(number, path)
      {
        lines.append("      " + text.prefix(sourceLimit))
      }
      index += count
      shown += 1
    }
    let rest = frames.count - index
    if rest > 0 { lines.append("  and \(rest) more") }
    if frames.isEmpty { lines.append("  in code whose lines are not known") }
    return lines
  }

  /// Whether nothing but a failed allocation ends a program there.
  private static func isAllocation(_ function: String) -> Bool {
    function.contains("swift_slowAlloc") || function.contains("AllocationFailure")
  }

  private static func line(of frame: StackFrame) -> String {
    let file = frame.path?.split(separator: "/").last.map(String.init) ?? "?"
    return "\(frame.function) at \(file):\(frame.line ?? 0)"
  }

  /// What came to pass, without the place.
  private static func what(_ crash: CrashWatch.Crash, _ limit: MemoryLimit?) -> String {
    if crash.frames.contains(where: { isAllocation($0.fullName) }) {
      return limit.map { "the memory limit of \($0.text) was reached" }
        ?? "there was no memory left"
    }
    if crash.isStackOverflow { return "the stack is full, as by a recursion that does not end" }
    switch crash.signal {
    case SIGILL, SIGTRAP: return "the program stopped itself at a failed check"
    case SIGABRT: return "the program was aborted"
    case SIGFPE: return "an arithmetic operation failed"
    default:
      let place = crash.address.map { " at 0x" + String($0, radix: 16) } ?? ""
      return "memory\(place) could not be accessed"
    }
  }
}
