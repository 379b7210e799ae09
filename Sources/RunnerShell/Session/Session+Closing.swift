package import RunnerCore

extension Session {
  /// Closes a runner while Ctrl-C cuts it short.
  package func close(_ runner: String, deadline: Duration?) throws -> CloseReport {
    transition {
      $0.willClose(runner)
      return []
    }
    let report = try controller.close(runner, deadline: deadline)
    runnerIsClosed(runner)
    return report
  }

  /// Ends the session: closes what is open, and says in one line what came of it.
  ///
  /// A batch says it only when something refused to end, and ends with `.deadline` then.
  package func leave() -> ShellStatus {
    hasLeft()
    var closed: [(name: String, report: CloseReport)] = []
    let runners = (try? controller.runners()) ?? []
    for runner in runners where runner.phase == .initialized {
      do {
        closed.append((runner.name, try close(runner.name, deadline: nil)))
      } catch {
        writeError("\(runner.name) could not be closed: \(error)")
      }
    }
    transition { $0.didFinish() }
    let hasRefused = closed.contains { !$0.report.refusedTasks.isEmpty }
    let lines = CloseRendering.leaving(closed, rendering)
    if !settings.isBatch || hasRefused { write(lines, to: .note) }
    return settings.isBatch && hasRefused ? .deadline : .ok
  }
}
