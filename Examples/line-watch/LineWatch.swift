import FoundationEssentials
import Glibc
import RunnerCore

/// Counts the lines of the files in a folder, and says every second what has changed, until Ctrl-C.
///
/// The whole life of a runner in one small program: a synchronous `main`, two runs that share one
/// context, a task that lives on between them, Ctrl-C, and cleanup that awaits.
@main enum LineWatch {
  static func main() {
    guard CommandLine.arguments.count == 2, let folder = CommandLine.arguments.last else {
      fail("usage: line-watch FOLDER", status: 2)
    }
    do {
      try watch(folder)
    } catch is RunnerInterrupted {
      // What a shell expects of a program that Ctrl-C ended.
      exit(128 + SIGINT)
    } catch is CocoaError {
      fail("line-watch: '\(folder)' cannot be read; name a folder that can.", status: 1)
    } catch {
      fail("line-watch: \(error)", status: 1)
    }
  }

  private static func watch(_ folder: String) throws {
    // However this ends, the runner is closed: every task that is left is cancelled and awaited.
    try withRunner(Runner.Configuration(name: "line-watch")) { runner in
      let first = try runner.run(named: "first count") { try await firstCount(of: folder) }
      try runner.run(named: "watch") { try await watch(folder, from: first) }
    }
  }

  /// The first run: it ends, and leaves behind a context variable and a task.
  private static func firstCount(of folder: String) async throws -> LineCounts {
    // The next run sees this value, and so does every task and thread that begins from here on.
    Log.prefix.set(URL(filePath: folder).lastPathComponent)
    try EventLoop.running?.makeTask(named: "uptime") {
      defer { Log.write("uptime is no longer counted") }
      for minutes in 1... {
        try await sleep(60)
        Log.write("\(minutes) min")
      }
    }
    let counts = try await toThread { try LineCounts(ofFilesIn: folder) }
    Log.write("lines: \(counts.total), files: \(counts.lines.count)")
    return counts
  }

  /// The second run: it goes on until Ctrl-C cancels it.
  private static func watch(_ folder: String, from first: LineCounts) async throws {
    var counts = first
    do {
      while true {
        try await sleep(1)
        // Files are read on a thread, so that the loop stays free for its other tasks.
        let latest = try await toThread { try LineCounts(ofFilesIn: folder) }
        for change in latest.changes(since: counts) { Log.write(change) }
        counts = latest
      }
    } catch is CancellationError {
      // The request was delivered once, by the error; cleanup may await what it likes.
      let latest = counts
      let difference = latest.total - first.total
      try await toThread {
        Log.write("\(latest.total) lines in the end, \(difference) more than at first")
      }
      throw CancellationError()
    }
  }

  private static func fail(_ message: String, status: Int32) -> Never {
    _ = "\(message)\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
    exit(status)
  }
}
