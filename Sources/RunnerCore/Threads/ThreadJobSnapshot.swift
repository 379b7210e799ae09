/// A piece of synchronous work that a thread pool has not finished.
public struct ThreadJobSnapshot: Hashable, Sendable {
  /// The name of the thread that executes it; `nil` when it waits for one.
  public var thread: String?
  /// How long it has been executed; `nil` when it waits for a thread.
  public var elapsed: Duration?
  /// The line that handed it over.
  public var site: SourceSite?

  public init(thread: String? = nil, elapsed: Duration? = nil, site: SourceSite? = nil) {
    self.thread = thread
    self.elapsed = elapsed
    self.site = site
  }
}

extension ThreadJobSnapshot {
  /// The job in a line of a report.
  var description: String {
    let place = site.map { ", handed over in \($0)" } ?? ""
    guard let thread, let elapsed else { return "queued" + place }
    return "on \(thread) for \(elapsed.inSeconds) seconds" + place
  }
}
