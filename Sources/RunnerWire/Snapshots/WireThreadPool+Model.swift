package import RunnerCore

extension WireThreadPool {
  package init(_ model: ThreadPoolSnapshot) {
    self.init(
      name: model.name,
      threads: model.threads,
      idle: model.idle,
      limit: model.limit,
      queued: model.queued,
      jobs: model.jobs.map { WireThreadJob($0) })
  }

  package var model: ThreadPoolSnapshot {
    ThreadPoolSnapshot(
      name: name,
      threads: threads,
      idle: idle,
      limit: limit,
      queued: queued,
      jobs: jobs.map(\.model))
  }
}
