package import RunnerCore

/// The times of a task in a document.
package struct TimesRecord: Encodable, Sendable {
  package var busy: Double
  package var scheduled: Double
  package var idle: Double

  package init(_ times: TaskTimes) {
    busy = DurationStyle.seconds(of: times.busy)
    scheduled = DurationStyle.seconds(of: times.scheduled)
    idle = DurationStyle.seconds(of: times.idle)
  }
}
