package import RunnerCore

extension WireWaitSnapshot {
  package init(_ model: WaitSnapshot) {
    self.init(
      subject: WireWaitSubject(model.subject),
      elapsed: model.elapsed?.wireNanoseconds,
      site: model.site.map { WireSourceSite($0) },
      timeoutRemaining: model.timeoutRemaining?.wireNanoseconds,
      holder: model.holder.map { WireWaitHolder($0) },
      work: model.work.map { WireWork($0) })
  }

  package var model: WaitSnapshot {
    WaitSnapshot(
      subject: subject.model,
      elapsed: elapsed.map { Duration(wireNanoseconds: $0) },
      site: site?.model,
      timeoutRemaining: timeoutRemaining.map { Duration(wireNanoseconds: $0) },
      holder: holder?.model,
      work: work?.model)
  }
}

extension WireWaitHolder {
  init(_ model: WaitSnapshot.Holder) {
    self.init(
      task: model.task.number, site: model.site.map { WireSourceSite($0) },
      elapsed: model.elapsed?.wireNanoseconds)
  }

  var model: WaitSnapshot.Holder {
    WaitSnapshot.Holder(
      task: TaskID(task), site: site?.model, elapsed: elapsed.map { Duration(wireNanoseconds: $0) })
  }
}

extension WireWork {
  init(_ model: WaitSnapshot.Work) {
    switch model {
    case .queued(let ahead): self.init(ahead: ahead)
    case .running(let thread, let elapsed):
      self.init(thread: thread, elapsed: elapsed.wireNanoseconds)
    }
  }

  /// `nil` for what this side does not know.
  var model: WaitSnapshot.Work? {
    if let thread, let elapsed {
      return .running(thread: thread, elapsed: Duration(wireNanoseconds: elapsed))
    }
    return ahead.map { .queued(ahead: $0) }
  }
}
