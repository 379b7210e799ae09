package import FoundationEssentials
import Glibc
import RunnerCore

/// A worker process that this process started, and the client that talks to it.
///
/// One thread reads all that comes from the worker. Output that the worker wrote before it sent a
/// message is delivered before that message is: a reply never overtakes the output it belongs to.
/// The worker finds its end of the connection as descriptor 3 and serves it with `MonitorServer`:
/// ```swift
/// let worker = try WorkerProcess(
///   WorkerLaunch(
///     path: "/proc/self/exe", arguments: ["--worker"],
///     program: MonitorProgram(name: "runner-repl", version: "0.1"), firstTaskNumber: 12),
///   handlers: WorkerProcess.Handlers(
///     onOutput: { terminal.writeAbovePrompt($0) }, onEvent: { session.note($0) },
///     onEnd: { session.workerEnded($0) }))
/// try session.run(worker.client)
/// worker.terminate()
/// ```
package final class WorkerProcess: Sendable {
  /// What the process tells its owner.
  ///
  /// All are called on the thread that reads, the first perhaps before `init` has returned. They
  /// must not call the client or wait for the end in turn.
  package struct Handlers: Sendable {
    /// Called with what the worker wrote, as it is, in the order in which it was written.
    package var onOutput: @Sendable (Data) -> Void
    /// Called for each event of the worker.
    package var onEvent: @Sendable (MonitorEvent) -> Void
    /// Called once, after all output and all events, when the process is gone.
    package var onEnd: @Sendable (WorkerEnding) -> Void

    package init(
      onOutput: @escaping @Sendable (Data) -> Void = { _ in },
      onEvent: @escaping @Sendable (MonitorEvent) -> Void = { _ in },
      onEnd: @escaping @Sendable (WorkerEnding) -> Void = { _ in }
    ) {
      self.onOutput = onOutput
      self.onEvent = onEvent
      self.onEnd = onEnd
    }
  }

  /// Acts on the worker's runners; its calls fail with the ending's sentence when the worker ends.
  package let client: MonitorClient
  package let processID: Int32
  private let ending: OneTimeValue<WorkerEnding>

  /// Starts the process.
  ///
  /// - Parameters:
  ///   - launch: What is started, and how.
  ///   - handlers: What the process tells its owner.
  /// - Throws: `RunnerError.system` when the system refuses; nothing is left running then.
  package init(_ launch: WorkerLaunch, handlers: Handlers = Handlers()) throws {
    let child = try ProcessSpawner.start(launch)
    let ending = OneTimeValue<WorkerEnding>()
    let pump = WorkerPump(child: child, launch: launch, handlers: handlers)
    do {
      try pump.start { ending.set($0) }
    } catch {
      kill(child.processID, SIGKILL)
      _ = ExitWatcher.reap(child.processID)
      throw error
    }
    client = pump.client
    processID = child.processID
    self.ending = ending
  }

  /// Asks the worker to end, by ending its connection, and kills it when it takes too long.
  ///
  /// Blocks the calling thread until the process is gone and `onEnd` has returned. May be called
  /// from any thread but the one that reads, and more than once.
  @discardableResult
  package func terminate() -> WorkerEnding {
    client.disconnect()
    return ending.wait()
  }

  /// Blocks the calling thread until the process is gone and `onEnd` has returned.
  package func waitUntilEnd() -> WorkerEnding {
    ending.wait()
  }
}
