package import RunnerCore

/// The answer to a `TopQuestion`: runners, their loops and some tasks at one moment.
package struct TopPicture: Hashable, Sendable {
  package struct Detail: Hashable, Sendable {
    package var task: TaskSnapshot
    package var children: TaskChildren

    package init(task: TaskSnapshot, children: TaskChildren) {
      self.task = task
      self.children = children
    }
  }

  package var question: TopQuestion
  package var runners: [RunnerSnapshot]
  /// The loops of the first runners, by their names.
  package var loops: [String: LoopSnapshot]
  package var listing: TaskListing
  /// The task that was asked for; `nil` when nobody remembers it.
  package var detail: Detail?
  /// When it was taken, from an arbitrary moment.
  package var takenAt: Duration
  package var timeOfDay: String

  package init(
    question: TopQuestion, runners: [RunnerSnapshot], loops: [String: LoopSnapshot],
    listing: TaskListing, detail: Detail? = nil, takenAt: Duration, timeOfDay: String
  ) {
    self.question = question
    self.runners = runners
    self.loops = loops
    self.listing = listing
    self.detail = detail
    self.takenAt = takenAt
    self.timeOfDay = timeOfDay
  }

  /// The steps that the tasks that run now are inside of.
  package var steps: [TaskID: LoopSnapshot.Step] {
    loops.values.reduce(into: [:]) { steps, loop in
      if let step = loop.step, let task = step.task { steps[task] = step }
    }
  }

  /// How busy a loop was since an earlier picture; without one, since it was made.
  package func rate(of runner: String, since earlier: TopPicture?) -> LoopRate? {
    guard let loop = loops[runner] else { return nil }
    guard let earlier, let old = earlier.loops[runner] else { return LoopRate(since: loop) }
    return LoopRate(from: old, to: loop, elapsed: takenAt - earlier.takenAt)
      ?? LoopRate(since: loop)
  }
}
