private import Glibc
package import RunnerCore

/// The words in which a crash is told: what happened, and the user's functions with their lines.
package enum CrashText {
  /// How many functions are shown; a recursion has thousands.
  private static let frameLimit = 8

  /// Returns the lines of a report.
  package static func lines(
    of crash: CrashWatch.Crash, under limit: MemoryLimit? = nil
  ) -> [String] {
    let frames = crash.frames.filter { !$0.isFolded && $0.line != nil }
    var lines = ["crashed: \(what(crash, limit))"]
    var shown = 0
    var index = 0
    while index < frames.count, shown < frameLimit {
      let text = line(of: frames[index])
      let count = frames[index...].prefix { line(of: $0) == text }.count
      lines.append("  \(text)" + (count > 2 ? ", \(count) times" : ""))
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
