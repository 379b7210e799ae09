private import Dispatch

/// Keeps the counts in a prompt true while a line is awaited.
final class PromptWatch: Sendable {
  private static let interval = DispatchTimeInterval.milliseconds(250)

  private let queue = DispatchQueue(label: "runner.shell.prompt")
  private nonisolated(unsafe) let timer: any DispatchSourceTimer

  /// Begins to look; `change` is called on a thread of its own when the counts are others than these.
  init(
    _ session: Session, shown: PromptCounts, change: @escaping @Sendable (PromptCounts) -> Void
  ) {
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(
      deadline: .now() + Self.interval, repeating: Self.interval, leeway: .milliseconds(50))
    nonisolated(unsafe) var shown = shown  // changes on the queue only
    timer.setEventHandler {
      let (counts, _) = session.promptCounts()
      guard counts != shown else { return }
      shown = counts
      change(counts)
    }
    self.timer = timer
    timer.resume()
  }

  /// Ends it; nothing is changed after this returns.
  func stop() {
    timer.cancel()
    queue.sync {}
  }
}
