package import RunnerCore

/// Draws everything that is known about one loop.
package enum LoopRendering {
  /// Returns a title and one line for each thing; `stepTask` is the task inside its step, if known.
  package static func render(
    _ loop: LoopSnapshot, stepTask: TaskSnapshot? = nil, _ spec: RenderSpec
  ) -> [StyledLine] {
    var lines = DetailLines("loop of \(VisibleText.line(loop.runner, spec))")
    lines.add("phase", loop.phase.rawValue)
    lines.add("step", step(loop.step, stepTask, spec), orElse: "none")
    lines.add("thread", loop.thread.map(\.description), orElse: "none")
    lines.add("clock", "\(VisibleText.line(loop.clock, spec)), now \(time(loop.now, spec))")
    lines.add("iterations", "\(loop.iterations)")
    lines.add("ready", "\(loop.ready)")
    lines.add("tasks", "\(loop.liveTasks)")
    lines.add("timers", timers(loop, spec))
    lines.add("descriptors", descriptors(loop), orElse: "none")
    lines.add("threads", loop.threadPool.map { threads(of: $0, spec) }, orElse: "none")
    lines.add("jobs", loop.threadPool?.jobs.map { job($0, spec) } ?? [])
    lines.add("busy", share(of: loop, spec))
    lines.add("steps", loop.stepTimes.map { text($0, spec) }, orElse: "not measured")
    lines.add("slow steps", loop.slowSteps.reversed().map { slowStep($0, spec) })
    let instruments = loop.instruments.map { VisibleText.excerpt($0, spec) }
    lines.add(
      "instruments", instruments.isEmpty ? nil : instruments.joined(separator: ", "),
      orElse: "none")
    if !loop.introspection.isEmpty {
      lines.add("introspection", VisibleText.line(loop.introspection, spec))
    }
    lines.add("debug", loop.isDebugging ? "on" : "off")
    guard loop.consistency == .sampled else { return lines.render(spec) }
    return lines.render(spec) + [TaskTable.sampledNote]
  }

  private static func step(
    _ step: LoopSnapshot.Step?, _ task: TaskSnapshot?, _ spec: RenderSpec
  ) -> String? {
    guard let step else { return nil }
    let owner =
      task.map { TaskName.full($0, spec) } ?? step.task.map { "task \($0)" } ?? "a callback"
    // Below this, being inside a step is what loops do all day.
    let isLong = step.elapsed >= .milliseconds(100)
    let call = step.systemCall.map { ", in the system call \(VisibleText.line($0, spec))" } ?? ""
    let place = step.site.map { ", \(VisibleText.line($0.description, spec))" } ?? ""
    return isLong
      ? "blocked \(time(step.elapsed, spec)) in \(owner)\(place)\(call)"
      : "in \(owner), \(time(step.elapsed, spec))"
  }

  private static func timers(_ loop: LoopSnapshot, _ spec: RenderSpec) -> String {
    guard loop.timerCount > 0 else { return "none" }
    let next = loop.timers.map { timer in
      let owner = timer.task.map { "task \($0)" } ?? "a callback"
      return timer.remaining < .zero
        ? "\(owner) \(time(.zero - timer.remaining, spec)) overdue"
        : "\(owner) in \(time(timer.remaining, spec))"
    }
    let rest = loop.timerCount - next.count
    return "\(loop.timerCount): " + next.joined(separator: ", ")
      + (rest > 0 ? "\(next.isEmpty ? "" : ", ")\(rest) more" : "")
  }

  private static func descriptors(_ loop: LoopSnapshot) -> String? {
    guard !loop.descriptors.isEmpty else { return nil }
    return loop.descriptors.map { descriptor in
      var directions: [String] = []
      if descriptor.watchesReading { directions.append("in for " + watcher(descriptor.reader)) }
      if descriptor.watchesWriting { directions.append("out for " + watcher(descriptor.writer)) }
      let watched = directions.isEmpty ? "idle" : directions.joined(separator: " and ")
      return "fd \(descriptor.number) " + watched
    }.joined(separator: ", ")
  }

  private static func watcher(_ task: TaskID?) -> String {
    task.map { "task \($0)" } ?? "a callback"
  }

  private static func threads(of pool: ThreadPoolSnapshot, _ spec: RenderSpec) -> String {
    "\(pool.threads) of \(pool.limit) of pool \(VisibleText.excerpt(pool.name, limit: 20, spec)), "
      + "\(pool.idle) idle, \(CountLine.counted(pool.queued, "job")) queued"
  }

  private static func job(_ job: ThreadJobSnapshot, _ spec: RenderSpec) -> String {
    let place = job.site.map { " from " + VisibleText.excerpt(RequesterRendering.place($0), spec) }
    guard let thread = job.thread, let elapsed = job.elapsed else {
      return "queued" + (place ?? "")
    }
    return "\(VisibleText.excerpt(thread, limit: 20, spec)) for \(time(elapsed, spec))"
      + (place ?? "")
  }

  private static func text(_ times: StepTimes, _ spec: RenderSpec) -> String {
    "\(CountLine.grouped(Int(clamping: times.count))): p50 \(time(times.median, spec)), p90 \(time(times.percentile90, spec)), "
      + "p99 \(time(times.percentile99, spec)), max \(time(times.maximum, spec))"
  }

  private static func slowStep(_ step: SlowStep, _ spec: RenderSpec) -> String {
    let name = step.name.isEmpty ? "" : " " + VisibleText.excerpt(step.name, limit: 40, spec)
    let owner = step.task.map { "task \($0)" + name } ?? "a callback"
    let place =
      step.site.map { " at " + VisibleText.excerpt(RequesterRendering.place($0), spec) } ?? ""
    return "\(time(step.duration, spec)) in \(owner)" + place
      + ", \(time(step.elapsed, spec)) ago"
  }

  private static func share(of loop: LoopSnapshot, _ spec: RenderSpec) -> String {
    let busy = DurationStyle.seconds(of: loop.busyTime)
    let all = busy + DurationStyle.seconds(of: loop.waitingTime)
    let times = "\(time(loop.busyTime, spec)), waiting \(time(loop.waitingTime, spec))"
    guard all > 0 else { return times }
    return "\(DurationStyle.fixed(busy / all * 100, 1)) %: " + times
  }

  private static func time(_ duration: Duration, _ spec: RenderSpec) -> String {
    DurationStyle.sentence(duration, spec)
  }
}
