package import RunnerCore

extension WireWaitSnapshot {
  package init(_ model: WaitSnapshot) {
    self.init(
      subject: WireWaitSubject(model.subject),
      elapsed: model.elapsed?.wireNanoseconds,
      site: model.site.map { WireSourceSite($0) },
      timeoutRemaining: model.timeoutRemaining?.wireNanoseconds,
      holder: model.holder.map { holder in
        WireWaitHolder(task: holder.task.number, site: holder.site.map { WireSourceSite($0) })
      })
  }

  package var model: WaitSnapshot {
    WaitSnapshot(
      subject: subject.model,
      elapsed: elapsed.map { Duration(wireNanoseconds: $0) },
      site: site?.model,
      timeoutRemaining: timeoutRemaining.map { Duration(wireNanoseconds: $0) },
      holder: holder.map { WaitSnapshot.Holder(task: TaskID($0.task), site: $0.site?.model) })
  }
}
