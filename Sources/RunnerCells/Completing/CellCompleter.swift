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
    /// Belongs to whoever asks.
    var process: CompleterProcess?
  }

  private let state = LockedValue(State())
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

  /// Asks, and blocks the calling thread until the answer is there; `nil` at once while another asks, and
  /// when there is no answer.
  func ask(_ question: CompletionQuestion) -> [CellCompletion]? {
    guard state.withLock({ $0.attempts.begin() }) else { return nil }
    let process =
      state.withLock { $0.process } ?? CompleterProcess(command, environment: environment)
    let answer = process?.ask(question.texts)
    if answer == nil { process?.end() }
    state.withLock { state in
      state.process = answer == nil ? nil : process
      state.attempts.end(isAnswered: answer != nil)
    }
    guard let answer, answer.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: answer.count, by: 2).map {
      CellCompletion(text: answer[$0], note: answer[$0 + 1])
    }
  }
}

/// When to ask: one question at a time, and none after several that were fatal one after another.
struct CompleterAttempts: Hashable, Sendable {
  static let mostFailures = 3

  private var isAsking = false
  private var failures = 0

  /// Whether nothing will be asked any more.
  var isOver: Bool { failures >= Self.mostFailures }

  /// Begins to ask; false when that is not to be done now.
  mutating func begin() -> Bool {
    guard !isAsking, !isOver else { return false }
    isAsking = true
    return true
  }

  mutating func end(isAnswered: Bool) {
    isAsking = false
    failures = isAnswered ? 0 : failures + 1
  }
}

/// The process, and the socket to it; used by one thread at a time.
private struct CompleterProcess: Sendable {
  private let process: pid_t
  private let socket: Int32

  /// Starts it; `nil` when the system refuses.
  init?(_ command: [String], environment: [String: String]) {
    var environment = environment
    // It dies quietly.
    environment["SWIFT_BACKTRACE"] = "enable=no"
    guard let start = ToolProcess.startAnswering(command, environment: environment) else {
      return nil
    }
    (process, socket) = start
  }

  /// Sends a question and reads the answer; `nil` when it died of it.
  func ask(_ texts: [String]) -> [String]? {
    TextList.write(texts, to: socket) ? TextList.read(from: socket) : nil
  }

  func end() {
    close(socket)
    kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
  }
}
