private import Glibc
private import RunnerCore

/// Completes in a process of its own, because SourceKit can crash and hang.
///
/// The process is started when it is first needed, and again after it has died, unless it does nothing but die.
///
/// Every call may be made from any thread.
final class CellCompleter: Sendable {
  /// How many completions are offered at most.
  static let limit = 200

  private struct State {
    var attempts = CompleterAttempts()
    var process: CompleterProcess?
  }

  /// Belongs to whoever asks.
  private let state = LockedValue(State())
  /// The process while it only gets ready for a question.
  private let warming = LockedValue<pid_t?>(nil)
  private let command: [String]
  private let environment: [String: String]

  /// Creates a completer without a process.
  ///
  /// - Parameters:
  ///   - command: Starts a process that does `CompleterMain.run`.
  ///   - environment: Is the process's own.
  init(command: [String], environment: [String: String]) {
    self.command = command
    self.environment = environment
  }

  deinit { state.withLock { $0.process }?.end() }

  /// Asks, and blocks the calling thread until the answer is there, also while another asks; `nil` when there
  /// is no answer.
  ///
  /// With `isWarmUp` nobody needs the answer, and `endWarmUp` ends the process that works on it.
  func ask(_ question: CompletionQuestion, isWarmUp: Bool = false) -> [CellCompletion]? {
    let answer = state.withLock { state -> [String]? in
      guard !state.attempts.isOver else { return nil }
      let process = state.process ?? CompleterProcess(command, environment: environment)
      if isWarmUp { warming.withLock { $0 = process?.id } }
      let answer = process?.ask(question.texts)
      // What was ended did not die of the question.
      let wasEnded = process != nil && isWarmUp && warming.withLock { $0.take() } == nil
      if answer == nil || wasEnded { process?.end() }
      state.process = answer == nil || wasEnded ? nil : process
      if !wasEnded { state.attempts.note(isAnswered: answer != nil) }
      return wasEnded ? nil : answer
    }
    guard let answer, answer.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: answer.count, by: 2).map {
      CellCompletion(text: answer[$0], note: answer[$0 + 1])
    }
  }
}

extension CellCompleter {
  /// Ends a warm-up, if there is one: something else needs the machine.
  func endWarmUp() {
    warming.withLock { process in
      // It has not been collected: that is done by who asks, who looks here before.
      if let id = process.take() { kill(id, SIGKILL) }
    }
  }
}

/// Whether to ask: not after several questions that were fatal one after another.
struct CompleterAttempts: Hashable, Sendable {
  static let mostFailures = 3

  private var failures = 0

  /// Whether nothing will be asked any more.
  var isOver: Bool { failures >= Self.mostFailures }

  /// Remembers what came of a question.
  mutating func note(isAnswered: Bool) { failures = isAnswered ? 0 : failures + 1 }
}

/// The process, and the socket to it; used by one thread at a time.
private struct CompleterProcess: Sendable {
  let id: pid_t
  private let socket: Int32

  /// Starts it; `nil` when the system refuses.
  init?(_ command: [String], environment: [String: String]) {
    var environment = environment
    // It dies quietly.
    environment["SWIFT_BACKTRACE"] = "enable=no"
    guard let start = ToolProcess.startAnswering(command, environment: environment) else {
      return nil
    }
    (id, socket) = start
  }

  /// Sends a question and reads the answer; `nil` when it died of it.
  func ask(_ texts: [String]) -> [String]? {
    TextList.write(texts, to: socket) ? TextList.read(from: socket) : nil
  }

  func end() {
    close(socket)
    kill(id, SIGKILL)
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
  }
}
