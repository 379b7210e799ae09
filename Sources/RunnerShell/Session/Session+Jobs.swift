package import RunnerCore

extension Session {
  /// Runs an expression to completion on a runner, or lets it go on in the background.
  package func run(
    _ expression: String, on runner: String, inBackground: Bool
  ) throws -> ShellStatus {
    let outputs = self.outputs
    transition {
      $0.willStart()
      return []
    }
    let job = try showingProgress { try controller.run(expression, on: runner) }
    runnerIsOpen(runner)
    if inBackground {
      write([EventRendering.jobBegan(job, rendering)], to: .note)
      transition { $0.didStart(job, inBackground: true) }
      return .ok
    }
    transition { $0.didStart(job, inBackground: false) }
    checkStall(of: runner)
    let (status, ended) = try finish(job, since: outputs)
    showTimes(of: ended)
    return status
  }

  /// Waits for a job of the background as if it had been in the foreground.
  package func follow(_ job: JobSnapshot) throws -> ShellStatus {
    do {
      try beginWait(for: job.id, on: job.runner)
      let progress = runProgress("Ctrl-C leaves it", since: outputs)
      defer { progress?.stop() }
      let seen = try controller.wait(for: job.id, limit: nil)
      progress?.stop()
      return show(seen)
    } catch let error as RunnerError where error.code == .abandoned {
      transition { $0.didFinish(leaving: job.id) }
      guard verdict == nil else { return .failed }
      write([EventRendering.jobLeft(job, rendering)], to: .note)
      return .interrupted
    }
  }

  /// Waits for the run in the foreground, however often Ctrl-C is pressed meanwhile; `outputs` is how much had been
  /// printed when it was asked for.
  func finish(
    _ job: JobSnapshot, of cell: Int? = nil, since outputs: Int
  ) throws -> (status: ShellStatus, ended: JobSnapshot?) {
    let progress = runProgress("Ctrl-C cancels", since: outputs)
    defer { progress?.stop() }
    while true {
      do {
        let limit = waitLimit
        let seen = try controller.wait(for: job.id, limit: limit)
        progress?.stop()
        guard seen.state == .running, limit != nil else { return (show(seen, of: cell), seen) }
        if asksWhetherStuck {
          let step = stuckStep(of: job.runner)
          transition {
            $0.noteStuck(step != nil)
            return []
          }
          if let step, replaceWorker(stuck: step, in: seen) { return (.interrupted, nil) }
          if step == nil, waitLimit == nil { continue }
        }
        write([EventRendering.jobBlocked(seen, rendering)], to: .note)
        transition { $0.didFinish(leaving: job.id) }
        return (.interrupted, nil)
      } catch let error as RunnerError where error.code == .noAnswer && asksWhetherStuck {
        // A worker that was stopped is as stuck as can be.
        let step = LoopSnapshot.Step(task: nil, elapsed: .zero)
        guard replaceWorker(stuck: step, in: job) else { throw error }
        return (.interrupted, nil)
      } catch let error as RunnerError where error.code == .abandoned {
        if verdict != nil {
          transition { $0.didFinish(leaving: job.id) }
          return (.failed, nil)
        }
      }
    }
  }

  /// Prints how a job ended.
  private func show(_ job: JobSnapshot, of cell: Int? = nil) -> ShellStatus {
    let spec = rendering
    // The batch has its verdict, and a sentence for it.
    guard verdict == nil else { return .failed }
    // A file of cells prints what it prints; a person wants to see what became of each name.
    if !settings.isBatch {
      for binding in job.bindings { write(CellRendering.binding(binding, spec), to: .result) }
    }
    switch job.state {
    case .running: return .failed
    case .returned(let value):
      if let value {
        write(ValueRendering.result(value, isBare: settings.isBatch, spec), to: .result)
      }
      return .ok
    case .failed(let error):
      let thrower = cell.map { "cell-\($0) threw " } ?? ""
      writeError(thrower + ValueRendering.error(error))
      let sources = CellSources(session: self, files: sources)
      write(StackRendering.frames(of: error, sources: sources, spec), to: .error)
      if !settings.isBatch, let hint = CellRendering.hint(error) { write([hint], to: .error) }
      return .failed
    case .cancelled:
      writeError("cancelled: \(job.expression) ended with CancellationError")
      return .failed
    case .interrupted(mainIsPending: false):
      writeError("interrupted: \(job.expression) was cancelled")
      return .interrupted
    case .interrupted(mainIsPending: true):
      let task = job.task.map { "task \($0)" } ?? "its task"
      writeError(
        "interrupted: \(job.expression) did not end; \(task) is still pending on \(job.runner)")
      return .interrupted
    }
  }
}
