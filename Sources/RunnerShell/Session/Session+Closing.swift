package import RunnerCore

extension Session {
  /// Closes a runner while Ctrl-C cuts it short.
  package func close(_ runner: String, deadline: Duration?) throws -> CloseReport {
    transition {
      $0.willClose(runner)
      return []
    }
    let report: CloseReport
    do {
      report = try showingProgress("closing \(VisibleText.line(runner, rendering))") {
        try controller.close(runner, deadline: deadline)
      }
    } catch let error as RunnerError where error.code == .abandoned && verdict == nil {
      throw CommandError.stuckClose(runner)
    }
    if report.didClose { runnerIsClosed(runner) }
    return report
  }

  /// Ends the session: closes what is open, and says in one line what came of it.
  ///
  /// Runs that go on in the background are interrupted first. A batch says what came of it only
  /// when something refused to end, and ends with `.deadline` then, or with `.failed` when a
  /// runner could not be closed at all.
  package func leave() -> ShellStatus {
    hasLeft()
    var closed: [(name: String, report: CloseReport)] = []
    var interruptedRuns = 0
    var hasFailed = false
    let runners = (try? controller.runners()) ?? []
    for runner in runners where runner.phase == .initialized {
      do {
        interruptedRuns += try endRun(on: runner.name)
        closed.append((runner.name, try close(runner.name, deadline: nil)))
      } catch {
        hasFailed = true
        writeError("\(runner.name) could not be closed: \(error)")
      }
    }
    transition { $0.didFinish() }
    let hasRefused = closed.contains { !$0.report.refusedTasks.isEmpty }
    let lines = CloseRendering.leaving(closed, interruptedRuns: interruptedRuns, rendering)
    if !settings.isBatch || hasRefused { write(lines, to: .note) }
    guard settings.isBatch else { return .ok }
    return hasRefused ? .deadline : hasFailed ? .failed : .ok
  }

  /// Ends the run of the background, as one Ctrl-C would, and then as a second one.
  ///
  /// Its end is no news then: the report of the close is all that is said.
  ///
  /// - Returns: How many there were.
  private func endRun(on runner: String) throws -> Int {
    var count = 0
    for job in try controller.jobs() where job.runner == runner && job.state == .running {
      count += 1
      transition {
        $0.willFollow(job.id)
        return []
      }
      _ = try controller.interrupt(runner)
      guard try controller.wait(for: job.id, limit: .seconds(1)).state == .running else { continue }
      _ = try controller.interrupt(runner)
      _ = try controller.wait(for: job.id, limit: .milliseconds(500))
    }
    return count
  }
}
