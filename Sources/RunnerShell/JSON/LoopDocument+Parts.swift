package import RunnerCore

/// The larger parts of a loop's document.
extension LoopDocument {
  package struct ThreadPool: Encodable, Sendable {
    package var name: String
    package var threads: Int
    package var idle: Int
    package var limit: Int
    package var queued: Int
    package var jobs: [Job]

    package init(_ pool: ThreadPoolSnapshot) {
      name = pool.name
      threads = pool.threads
      idle = pool.idle
      limit = pool.limit
      queued = pool.queued
      jobs = pool.jobs.map(Job.init)
    }
  }

  package struct Job: Encodable, Sendable {
    @Nullable package var thread: String?
    @Nullable package var elapsed: Double?
    @Nullable package var site: SiteRecord?

    package init(_ job: ThreadJobSnapshot) {
      thread = job.thread
      elapsed = job.elapsed.map(DurationStyle.seconds)
      site = job.site.map(SiteRecord.init)
    }
  }

  package struct StepTimesRecord: Encodable, Sendable {
    package var count: UInt64
    package var median: Double
    package var percentile90: Double
    package var percentile99: Double
    package var maximum: Double

    package init(_ times: StepTimes) {
      count = times.count
      median = DurationStyle.seconds(of: times.median)
      percentile90 = DurationStyle.seconds(of: times.percentile90)
      percentile99 = DurationStyle.seconds(of: times.percentile99)
      maximum = DurationStyle.seconds(of: times.maximum)
    }
  }

  package struct SlowStepRecord: Encodable, Sendable {
    @Nullable package var task: UInt64?
    package var name: String
    package var duration: Double
    package var elapsed: Double
    @Nullable package var site: SiteRecord?

    package init(_ step: SlowStep) {
      task = step.task?.number
      name = step.name
      duration = DurationStyle.seconds(of: step.duration)
      elapsed = DurationStyle.seconds(of: step.elapsed)
      site = step.site.map(SiteRecord.init)
    }
  }
}
