/// Looks that follow each other, one below the other.
package struct Repetition: Sendable {
  /// How many are left; zero at the start is for ever.
  private var left: Int
  private let isEndless: Bool

  package init(count: Int) {
    left = count
    isEndless = count == 0
  }

  /// Looks until enough was seen, until one goes wrong in a batch, or until Ctrl-C.
  package mutating func run(
    every interval: Duration, _ context: CommandContext, _ look: () throws -> ShellStatus
  ) throws -> ShellStatus {
    let session = context.session
    let isBatch = session.settings.isBatch
    var status = ShellStatus.ok
    let isWhole = try session.repeating(every: interval) {
      status = try look()
      left -= 1
      return (isEndless || left > 0) && !(isBatch && status != .ok)
    }
    if isWhole || !isBatch { return status }
    return .interrupted
  }

  /// Refuses to look more often than anyone can read.
  package static func check(_ interval: Duration, of command: String) throws(CommandError) {
    guard interval >= .milliseconds(50) else { throw .tooOften(command) }
  }
}
