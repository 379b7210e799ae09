import Dispatch
import Foundation
import Glibc
import RunnerCore
import RunnerMonitor
import RunnerShell
import RunnerTerminal
import RunnerWorker
import Synchronization

/// Keeps a worker process running, and starts another when one dies.
///
/// Handlers of the process come on its reading thread, which must not call the worker. So the
/// session is told on a queue, in the same order: what it does about an event may call the worker.
final class WorkerSupervisor: WorkerKeeper {
  private struct State {
    var process: WorkerProcess?
    var isLeaving = false
    weak var session: Session?
    var firstTask: UInt64 = 1
    var firstJob = 1
    var hasLostOutput = false
    /// Why the process is being replaced.
    var reason: String?
  }

  private let state = Mutex(State())
  private let events = DispatchQueue(label: "worker-events")
  private let lossIsTold = DispatchSemaphore(value: 0)
  private let output: WorkerLaunch.Output
  private let input: WorkerLaunch.Input
  private let memoryLimit: MemoryLimit
  private let show: @Sendable ([UInt8]) -> Void

  /// Creates a supervisor without a worker.
  ///
  /// - Parameters:
  ///   - output: Where workers write.
  ///   - input: What cells read.
  ///   - memoryLimit: How much memory cells can have.
  ///   - show: Shows what a captured worker wrote, in its order.
  init(
    output: WorkerLaunch.Output, input: WorkerLaunch.Input, memoryLimit: MemoryLimit,
    show: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.output = output
    self.input = input
    self.memoryLimit = memoryLimit
    self.show = show
  }

  /// Starts a worker and returns what acts on its runners.
  ///
  /// - Throws: `RunnerError.system` when the system refuses.
  func start() throws -> any RunnerController {
    let (firstTask, firstJob, session) = state.withLock { ($0.firstTask, $0.firstJob, $0.session) }
    let firstCell = session?.withBook(\.firstFreeNumber) ?? 1
    // The worker tells of crashes itself; Swift's runtime would do it a second time.
    var environment = ProcessInfo.processInfo.environment
    environment["SWIFT_BACKTRACE"] = nil
    let launch = WorkerLaunch(
      path: "/proc/self/exe",
      arguments: ["--worker", output == .captured ? "captured" : "inherited"]
        + ["--memory-limit", memoryLimit.text, "--first-cell", "\(firstCell)"]
        + (input == .lent ? ["--lent-terminal"] : []),
      environment: environment, output: output, input: input,
      program: MonitorProgram(name: "runner-repl", version: RunnerRepl.version),
      firstTaskNumber: firstTask, firstJobNumber: firstJob)
    let process = try WorkerProcess(
      launch,
      handlers: WorkerProcess.Handlers(
        onOutput: { [weak self, show] in
          self?.state.withLock { $0.session }?.noteOutput()
          show(Array($0))
        },
        onEvent: { [weak self, events] event in
          events.async { [weak self] in self?.pass(event) }
        },
        onEnd: { [weak self, events] ending in events.sync { self?.ended(ending) } }))
    state.withLock { $0.process = process }
    SignalPump.stopTogether(with: process.processID)
    return process.client
  }

  /// Tells a session from now on.
  func serve(_ session: Session) {
    state.withLock { $0.session = session }
  }

  func replace(because sentence: String) {
    let process = state.withLock { state in
      state.reason = sentence
      return state.process
    }
    process?.terminate()
  }

  /// Says once that something which was printed is lost.
  func noteLostOutput() {
    let (session, isNews) = state.withLock { state in
      defer { state.hasLostOutput = true }
      return (state.session, !state.hasLostOutput)
    }
    if isNews { session?.writeError(WorkerMain.outputLost) }
  }

  /// Whether something which was printed is lost, as far as the worker has told.
  var hasLostOutput: Bool {
    events.sync {}
    return state.withLock(\.hasLostOutput)
  }

  /// Ends the worker, which has nothing left to do.
  ///
  /// - Parameter status: How the session ended; a loss is told of before this returns.
  func leave(_ status: ShellStatus) {
    if status == .workerLost { _ = lossIsTold.wait(timeout: .now() + 5) }
    let process = state.withLock { state in
      state.isLeaving = true
      return state.process
    }
    process?.terminate()
  }

  private func sentence(of ending: WorkerEnding) -> String {
    state.withLock { state in
      defer { state.reason = nil }
      return state.reason ?? ending.sentence
    }
  }

  private func pass(_ event: MonitorEvent) {
    guard let session = state.withLock({ $0.session }) else { return }
    switch event {
    case .jobEnded(let job): session.notify(.jobEnded(job))
    case .deadlock(let runner, let tasks): session.notify(.deadlock(tasks, runner: runner))
    case .stalled(let runner, let tasks, let wait):
      session.notify(.stalled(tasks, wait: wait, runner: runner))
    case .runnerFailed(let runner, let error):
      session.writeError("The runner '\(runner)' failed: \(error.type): \(error.message)")
    case .note(WorkerMain.outputLost): noteLostOutput()
    case .note(let sentence): session.writeError(sentence)
    }
  }

  private func ended(_ ending: WorkerEnding) {
    SignalPump.stopTogether(with: nil)
    let (session, isLeaving) = state.withLock { state in
      if let numbers = state.process?.client.numbers {
        state.firstTask = max(state.firstTask, numbers.task + 1)
        state.firstJob = max(state.firstJob, numbers.job + 1)
      }
      state.process = nil
      return (state.session, state.isLeaving)
    }
    guard let session, !isLeaving else { return }
    let sentence = sentence(of: ending)
    // A reader that went away (`… | head`) is no loss to speak of.
    if output == .inherited, ending.status == .signalled(SIGPIPE) { _exit(128 + SIGPIPE) }
    do {
      session.workerLost(sentence, replacement: try start())
    } catch {
      session.workerLost(sentence)
      session.writeError("No new worker could be started: \(error)")
    }
    lossIsTold.signal()
  }
}
