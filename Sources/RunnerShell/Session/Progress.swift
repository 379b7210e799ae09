private import Dispatch

/// Shows that something takes long, and for how long already, until it is over.
///
/// What is short shows nothing. The line is gone when `stop` returns.
package final class Progress: Sendable {
  /// Nobody wonders before.
  private static let patience = DispatchTimeInterval.milliseconds(150)
  private static let interval = DispatchTimeInterval.milliseconds(100)

  private let queue = DispatchQueue(label: "runner.shell.progress")
  private nonisolated(unsafe) let timer: any DispatchSourceTimer
  private let show: @Sendable (StyledLine?) -> Void

  /// Begins to count the time.
  ///
  /// - Parameters:
  ///   - word: What is being done: `compiling`.
  ///   - spec: How the line is drawn.
  ///   - elapsed: How long it has been done.
  ///   - show: Shows a line in place of the one before, or none; called on a thread of its own.
  package init(
    _ word: String, _ spec: RenderSpec, elapsed: @escaping @Sendable () -> Duration,
    show: @escaping @Sendable (StyledLine?) -> Void
  ) {
    self.show = show
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(
      deadline: .now() + Self.patience, repeating: Self.interval, leeway: .milliseconds(20))
    timer.setEventHandler { show(Self.line(word, after: elapsed(), spec)) }
    self.timer = timer
    timer.resume()
  }

  /// Ends it, and takes the line away.
  package func stop() {
    timer.cancel()
    queue.sync { show(nil) }
  }

  /// Returns the line after so much time: `⠹ compiling 0.4 s`.
  package static func line(
    _ word: String, after elapsed: Duration, _ spec: RenderSpec
  ) -> StyledLine? {
    let seconds = DurationStyle.seconds(of: elapsed)
    let signs = spec.glyphs.spinner
    let sign = signs[Int(seconds * 10) % signs.count]
    let time =
      seconds < 99
      ? DurationStyle.fixed(seconds, 1) + " s" : DurationStyle.sentence(elapsed, spec)
    let line = StyledLine("\(sign) \(word) \(time)", .dim)
    // What is wrapped could not be taken away.
    return spec.width.map { DisplayWidth.of(line.plain) < $0 } ?? true ? line : nil
  }
}
