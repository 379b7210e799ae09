package import RunnerCore

extension WireWaitSnapshot {
  package init(_ model: WaitSnapshot) {
    self.init(
      subject: WireWaitSubject(model.subject),
      elapsed: model.elapsed?.wireNanoseconds,
      site: model.site.map { WireSourceSite($0) },
      timeoutRemaining: model.timeoutRemaining?.wireNanoseconds)
  }

  package var model: WaitSnapshot {
    WaitSnapshot(
      subject: subject.model,
      elapsed: elapsed.map { Duration(wireNanoseconds: $0) },
      site: site?.model,
      timeoutRemaining: timeoutRemaining.map { Duration(wireNanoseconds: $0) })
  }
}
