package import RunnerCore

extension WireThreadJob {
  package init(_ model: ThreadJobSnapshot) {
    self.init(
      thread: model.thread,
      elapsed: model.elapsed?.wireNanoseconds,
      site: model.site.map { WireSourceSite($0) })
  }

  package var model: ThreadJobSnapshot {
    ThreadJobSnapshot(
      thread: thread,
      elapsed: elapsed.map { Duration(wireNanoseconds: $0) },
      site: site?.model)
  }
}
