private import Dispatch

/// Shows that something takes long, and for how long already, until it is over.
///
/// What is short shows nothing. The line is gone when `stop` returns.
package final class Progress: Sendable {
  /// Nobody wonders before.
  package static let patience = Duration.milliseconds(150)
  private static let interval = DispatchTimeInterval.milliseconds(100)

  private let queue = DispatchQueue(label: "runner.shell.progress")
  private nonisolated(unsafe) let timer: any DispatchSourceTimer
  private let show: @Sendable (StyledLine?) -> Void

  /// Begins to count the time.
  ///
  /// - Parameters:
  ///   - word: What is being done: `compiling`.
  ///   - remark: What there is to say besides, where there is room.
  ///   - spec: How the line is drawn.
  ///   - patience: How long nothing is shown.
  ///   - goesOn: Asked before each look whether there is still something to show; once not, there is nothing any more.
  ///   - elapsed: How long it has been done.
  ///   - show: Shows a line in place of the one before, or none; called on a thread of its own.
  package init(
    _ word: String, remark: String? = nil, _ spec: RenderSpec, patience: Duration = patience,
    goesOn: @escaping @Sendable () -> Bool = { true }, elapsed: @escaping @Sendable () -> Duration,
    show: @escaping @Sendable (StyledLine?) -> Void
  ) {
    self.show = show
    let timer = DispatchSource.makeTimerSource(queue: queue)
    let milliseconds = Int(DurationStyle.seconds(of: patience) * 1000)
    timer.schedule(
      deadline: .now() + .milliseconds(milliseconds), repeating: Self.interval,
      leeway: .milliseconds(20))
    nonisolated(unsafe) var isOver = false  // changes on the queue only
    timer.setEventHandler {
      guard !isOver else { return }
      isOver = !goesOn()
      show(isOver ? nil : Self.line(word, after: elapsed(), remark: remark, spec))
    }
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
    _ word: String, after elapsed: Duration, remark: String? = nil, _ spec: RenderSpec
  ) -> StyledLine? {
    let seconds = DurationStyle.seconds(of: elapsed)
    let signs = spec.glyphs.spinner
    let sign = signs[Int(seconds * 10) % signs.count]
    let time =
      seconds < 99
      ? DurationStyle.fixed(seconds, 1) + " s" : DurationStyle.sentence(elapsed, spec)
    let line = "\(sign) \(word) \(time)"
    // What is wrapped could not be taken away.
    let fits = { (text: String) in spec.width.map { DisplayWidth.of(text) < $0 } ?? true }
    let whole = remark.map { "\(line) \(spec.glyphs.dot) \($0)" } ?? line
    return [whole, line].first(where: fits).map { StyledLine($0, .dim) }
  }
}
