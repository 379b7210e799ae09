package import RunnerCore
private import Synchronization

/// The state of one prompt: it turns input into calls of a controller, and answers into text.
///
/// It knows no terminal, no socket and no compiler. The composition root puts them together:
///
///     let reader: any LineReader = …                       // libedit, or lines from a pipe
///     let session = Session(
///       controller: client,                                // any RunnerController
///       catalog: examples,                                 // any CoroutineCatalog
///       output: LineReaderOutput(reader),                  // a batch takes SplitOutput
///       settings: SessionSettings(rendering: RenderSpec(width: 80, usesColor: true)))
///     let assistant = ShellAssistant(session)              // for the editor: a LineAssistant
///     var repl = Repl(session)
///     let status = repl.run([ReplSource(reader: reader)])  // or ReplSource(lines:name:) for -c
///     exit(status.code)
///
/// Threads: `execute` and `leave` are called on the main thread and block it. From any other
/// thread: `interrupt()` for each Ctrl-C, `notify(_:)` for each event, `resize(to:)`, and, when the
/// worker dies, first `workerLost(_:)`, then `replaceController(_:)` with a fresh one.
/// No lock is held across a call of the controller or the output.
package final class Session: Sendable {
  private struct State {
    var controller: any RunnerController
    var foreground = ForegroundState()
    var currentRunner: String
    /// Runners that this session saw and did not see closed; named when the worker dies.
    var openRunners: [String] = []
    /// Runners of this worker that are closed, as far as this session knows.
    var closedRunners: Set<String> = []
    var isPrepared = false
    /// Whether the worker's end was told, and no other has come yet.
    var isLossTold = false
    /// Whether the worker left the last command without an answer.
    var isSilent = false
    /// Whether it had been told before the command in progress began.
    var isLossOld = false
    var rendering: RenderSpec
    var location: InputLocation?
    /// The status with which a batch has to end, whatever its command says.
    var verdict: ShellStatus?
    var hasLeft = false
    /// The pause of the command that repeats.
    var pause: Pause?
    /// What was told of runs that cannot end, by their runners.
    var stalls: [String: SessionEvent] = [:]
    var book = CellBook()
    /// How many pieces of output the worker has written.
    var outputs = 0
    /// The files that are being loaded, each by the one before it.
    var loading: [String] = []
    /// Whether each cell and each run is followed by how long it took.
    var showsTimes = false
    var preferences = Preferences()
  }

  private let state: Mutex<State>
  private let output: any SessionOutput
  let askForCounts = BoundedCall(limit: .milliseconds(20))
  package let clock: any SessionClock
  /// The screen that views can have for themselves; `nil` where there is none.
  package let screen: (any FullScreen)?
  package let catalog: any CoroutineCatalog
  package let settings: SessionSettings
  package let registry: CommandRegistry
  /// Where lines of source come from.
  package let sources: any SourceReader
  /// Who can start another worker, where there is somebody.
  package let worker: (any WorkerKeeper)?
  /// What is known of Swift without its compiler.
  package let grammar: any SwiftGrammar
  /// What was typed; `nil` where nobody types.
  package let inputs: (any InputHistory)?
  /// Who can be asked whether something is to be done; `nil` where nobody can.
  let questions: (any Questions)?

  /// Creates a session; it asks nothing of the controller until the first command.
  package init(
    controller: any RunnerController, catalog: any CoroutineCatalog, output: any SessionOutput,
    settings: SessionSettings = SessionSettings(), registry: CommandRegistry = .standard,
    sources: any SourceReader = NoSource(), grammar: any SwiftGrammar = BracketGrammar(),
    inputs: (any InputHistory)? = nil, worker: (any WorkerKeeper)? = nil,
    screen: (any FullScreen)? = nil, questions: (any Questions)? = nil,
    clock: any SessionClock = SystemClock()
  ) {
    self.questions = questions
    self.sources = sources
    self.grammar = grammar
    self.inputs = inputs
    self.worker = worker
    state = Mutex(
      State(
        controller: controller, currentRunner: settings.firstRunner, rendering: settings.rendering))
    self.output = output
    self.screen = screen
    self.clock = clock
    self.catalog = catalog
    self.settings = settings
    self.registry = registry
  }

  // MARK: Executing

  /// Executes one input and prints what comes of it; blocks while a command waits.
  package func execute(_ line: String, at location: InputLocation? = nil) -> CommandResult {
    execute(at: location) { result in
      switch try classifier.classify(line) {
      case .empty: break
      case .needsMore: result.needsMore = true
      case .swift(let text): result.status = try evaluate(text, at: location)
      case .command(let invocation):
        try prepare()
        result.status = try invocation.command.perform(CommandContext(self, invocation))
        if settings.isBatch, invocation.command.isLooking, result.status == .deadlock {
          writeError("a deadlock was found; nothing after this is run")
        }
      }
    }
  }

  /// Executes one cell of Swift, whatever it begins with.
  package func executeSwift(_ text: String, at location: InputLocation? = nil) -> CommandResult {
    execute(at: location) { result in
      // Remarks alone are nothing to compile.
      guard !CommentScanner.droppingComments(text.trimmed()).isEmpty else { return }
      result.status = try evaluate(text, at: location)
    }
  }

  private func evaluate(_ text: String, at location: InputLocation?) throws -> ShellStatus {
    try prepare()
    return try evaluate(text, file: location?.source, firstLine: location?.line ?? 1)
  }

  private func execute(
    at location: InputLocation?, _ body: (inout CommandResult) throws -> Void
  ) -> CommandResult {
    let verdict = state.withLock { state in
      state.location = location
      state.isLossOld = state.isLossTold
      return state.verdict
    }
    if let verdict { return CommandResult(status: verdict) }
    var result = CommandResult()
    do {
      try body(&result)
      state.withLock { $0.isSilent = false }
    } catch {
      result.status = report(error)
    }
    transition { $0.didFinish() }
    state.withLock {
      if let verdict = $0.verdict { result.status = verdict }
      result.endsSession = $0.hasLeft
    }
    return result
  }

  /// Says what is wrong with an input of a script.
  func fail(with error: CommandError) -> CommandResult {
    CommandResult(status: report(error))
  }

  /// Tells commands from Swift as this session does.
  package var classifier: InputClassifier {
    InputClassifier(
      registry: registry, coroutines: Set(catalog.coroutines.map(\.name)),
      declaredNames: withBook(\.declaredNames), lostNames: withBook(\.lostNames),
      runners: state.withLock { Set($0.openRunners + [$0.currentRunner]) }, grammar: grammar)
  }

  /// Makes the first runner, once for each controller.
  private func prepare() throws {
    let (isPrepared, controller) = state.withLock { ($0.isPrepared, $0.controller) }
    guard !isPrepared else { return }
    do {
      _ = try controller.makeRunner(RunnerOptions(name: settings.firstRunner))
    } catch let error as RunnerError where error.code == .alreadyExists {
      // Someone made it before us: just as good.
    }
    state.withLock { $0.isPrepared = true }
    runnerIsOpen(settings.firstRunner)
  }

  // MARK: From other threads

  /// Does what Ctrl-C means now: see the commands `run`, `wait`, `cancel` and `close`.
  package func interrupt() {
    transition { $0.interrupt() }
  }

  /// Takes an event, and prints it when it is news.
  package func notify(_ event: SessionEvent) {
    switch event {
    case .jobEnded: transition { $0.noted(event) }
    case .deadlock:
      transition { $0.noted(event) }
      guard settings.isBatch else { return }
      state.withLock { $0.verdict = $0.verdict ?? .deadlock }
      // A run is asked to end, so that its runner can be closed; a wait is given up.
      transition { $0.interrupt() }
    case .stalled: noteStall(event)
    }
  }

  /// Says that the worker is gone, and what went with it.
  ///
  /// The next command meets the replacement; without one, call `replaceController` when there is.
  package func workerLost(
    _ description: String, replacement: (any RunnerController)? = nil
  ) {
    let (lost, running) = state.withLock { state in
      if let replacement { state.controller = replacement }
      if settings.isBatch { state.verdict = state.verdict ?? .workerLost }
      state.isLossTold = replacement == nil
      state.foreground.workerLost()
      state.currentRunner = settings.firstRunner
      state.isPrepared = false
      let running = state.book.running
      state.book.lose()
      state.closedRunners = []
      defer { state.openRunners = [] }
      return (state.openRunners, running)
    }
    let isBatch = settings.isBatch
    write(
      EventRendering.workerLost(
        description, runners: lost, running: isBatch ? nil : running,
        cells: isBatch ? 0 : withBook(\.lost.count), rendering),
      to: .error)
  }

  /// Goes on with another controller, whose runners are all new.
  package func replaceController(_ controller: any RunnerController) {
    state.withLock {
      $0.controller = controller
      $0.isPrepared = false
      $0.isLossTold = false
    }
  }

  /// Notes that the worker has written something; called before what it sends after that.
  package func noteOutput() {
    state.withLock { $0.outputs += 1 }
  }

  /// How many pieces of output the worker has written so far.
  var outputs: Int { state.withLock(\.outputs) }

  /// Draws for so many columns from now on.
  package func resize(to width: Int?) {
    state.withLock { $0.rendering.width = width }
  }

  // MARK: State

  package var controller: any RunnerController { state.withLock { $0.controller } }

  /// Whether the first runner has been made.
  var hasFirstRunner: Bool { state.withLock(\.isPrepared) }

  /// The runner that a command means when it names none.
  package var currentRunner: String { state.withLock { $0.currentRunner } }

  /// Whether that one is known to be closed.
  var currentRunnerIsClosed: Bool {
    state.withLock { $0.closedRunners.contains($0.currentRunner) }
  }

  package var rendering: RenderSpec { state.withLock { $0.rendering } }

  /// How the batch ends, whatever its commands say: the one in progress gives up.
  package var verdict: ShellStatus? { state.withLock { $0.verdict } }

  /// What the main thread is doing.
  package var foreground: Foreground { state.withLock(\.foreground.foreground) }

  /// Whether it has to be found out if the loop of the foreground is stuck.
  package var asksWhetherStuck: Bool { state.withLock { $0.foreground.asksWhetherStuck } }

  /// How long the run in the foreground is waited for.
  package var waitLimit: Duration? { state.withLock { $0.foreground.waitLimit } }

  /// Decides how the batch ends; returns whether that was open.
  func setVerdict(_ verdict: ShellStatus) -> Bool {
    state.withLock { state in
      guard state.verdict == nil else { return false }
      state.verdict = verdict
      return true
    }
  }

  /// Remembers that a run on a runner cannot end.
  func keepStall(_ event: SessionEvent, of runner: String) {
    state.withLock { $0.stalls[runner] = event }
  }

  /// What was told of a run on this runner, once.
  func takeStall(of runner: String) -> SessionEvent? {
    state.withLock { $0.stalls.removeValue(forKey: runner) }
  }

  /// Notes that a file is being loaded; returns false when it is already.
  func beginLoading(_ path: String) -> Bool {
    state.withLock { state in
      guard !state.loading.contains(path) else { return false }
      state.loading.append(path)
      return true
    }
  }

  func endLoading(_ path: String) {
    state.withLock { $0.loading.removeAll { $0 == path } }
  }

  /// Looks at the cells of the session, or changes what is known of them.
  package func withBook<R>(_ body: (inout CellBook) -> R) -> R {
    state.withLock { body(&$0.book) }
  }

  /// Whether each cell is followed by how long it took.
  package var showsTimes: Bool {
    get { state.withLock(\.showsTimes) }
    set { state.withLock { $0.showsTimes = newValue } }
  }

  /// What the person wants of the prompt.
  package var preferences: Preferences {
    get { state.withLock(\.preferences) }
    set { state.withLock { $0.preferences = newValue } }
  }

  /// Makes a runner the one that commands mean when they name none.
  package func use(_ runner: String) {
    state.withLock { $0.currentRunner = runner }
  }

  /// Remembers that a runner exists.
  package func runnerIsOpen(_ name: String) {
    state.withLock {
      if !$0.openRunners.contains(name) { $0.openRunners.append(name) }
      $0.closedRunners.remove(name)
    }
  }

  /// Remembers that a runner is closed.
  package func runnerIsClosed(_ name: String) {
    state.withLock {
      $0.openRunners.removeAll { $0 == name }
      $0.closedRunners.insert(name)
    }
  }

  /// Remembers that the session is over.
  package func hasLeft() {
    state.withLock { $0.hasLeft = true }
  }

  /// Makes a transition of the foreground, and then what it asks for.
  package func transition(_ body: (inout ForegroundState) -> [ForegroundState.Action]) {
    let (actions, controller, pause) = state.withLock {
      (body(&$0.foreground), $0.controller, $0.pause)
    }
    for action in actions {
      switch action {
      // A controller that is gone, or a runner that has just closed, has nothing to interrupt.
      case .interrupt(let runner): _ = try? controller.interrupt(runner)
      case .abandonWaits: controller.abandonWaits()
      case .endPause: pause?.stop()
      case .show(let event): show(event)
      }
    }
  }

  /// The main thread begins to wait for something that goes on without it.
  ///
  /// `runner` is the one that has to go on for the wait to end.
  ///
  /// - Throws: `RunnerError.abandoned` when the batch is over already.
  package func beginWait(for job: JobID? = nil, on runner: String? = nil) throws {
    transition {
      if let job { $0.willFollow(job, on: runner) } else { $0.willWait(on: runner) }
      return []
    }
    checkStall(of: runner)
    guard verdict == nil else {
      throw RunnerError(.abandoned, "Nothing is waited for any more; the batch is over.")
    }
  }

  /// Looks again and again, with a pause between, until `look` returns false or Ctrl-C.
  ///
  /// - Returns: False when Ctrl-C, or the end of the batch, ended it.
  package func repeating(every interval: Duration, _ look: () throws -> Bool) throws -> Bool {
    let pause = Pause()
    state.withLock { $0.pause = pause }
    transition {
      $0.willRepeat()
      return []
    }
    guard verdict == nil else { return false }
    while try look() {
      guard clock.wait(interval, in: pause) else { return false }
    }
    return true
  }

  // MARK: Writing

  /// Writes lines; at the prompt, notes and errors are broken between words.
  package func write(_ lines: [StyledLine], to channel: OutputChannel) {
    guard !lines.isEmpty else { return }
    let spec = rendering
    guard channel != .result, !settings.isBatch else {
      return output.write(lines, to: channel, spec)
    }
    let wrapped = lines.flatMap { LineWrapping.wrap($0, columns: spec.width) }
    output.write(wrapped, to: channel, spec)
  }

  /// Writes an error, in a batch with the place of the input before it.
  package func writeError(_ message: String) {
    let place = state.withLock { $0.location }.map { "\($0): " } ?? ""
    write([StyledLine(place + VisibleText.line(message, rendering), .bad)], to: .error)
  }

  /// Does what may take long; when it does, a person sees what and for how long already.
  ///
  /// What runs in the foreground is shown by `runProgress`: it has the line for its output and for what is typed ahead.
  func showingProgress<R>(_ word: String = "compiling", _ body: () throws -> R) rethrows -> R {
    guard !settings.isBatch else { return try body() }
    let (spec, clock, output, start) = (rendering, clock, output, clock.now)
    let progress = Progress(word, spec, elapsed: { clock.now - start }) {
      output.showProgress($0, whileTyping: false, spec)
    }
    defer { progress.stop() }
    return try body()
  }

  /// Begins to show below the line that something runs; once more has been printed than before it there is no need.
  func runProgress(_ remark: String, since outputs: Int) -> Progress? {
    guard !settings.isBatch else { return nil }
    let (spec, clock, output, start) = (rendering, clock, output, clock.now)
    return Progress(
      "running", remark: remark, spec, patience: .seconds(1),
      goesOn: { [weak self] in self?.outputs == outputs }, elapsed: { clock.now - start }
    ) { output.showProgress($0, whileTyping: true, spec) }
  }

  func show(_ event: SessionEvent) {
    switch event {
    case .jobEnded(let job):
      write([EventRendering.jobEnded(job, rendering)], to: .note)
    case .deadlock(_, let runner), .stalled(_, _, let runner):
      let message = EventRendering.standstill(
        event, isForeground: foreground.awaitedRunner == runner, isBatch: settings.isBatch,
        rendering)
      if settings.isBatch {
        writeError(message)
      } else {
        write([StyledLine(message, .warning)], to: .error)
      }
    }
  }

  /// Says that the worker does not answer; the second time another one takes its place.
  private func reportSilence() -> ShellStatus {
    let wasSilent = state.withLock { state in
      defer { state.isSilent.toggle() }
      return state.isSilent
    }
    guard wasSilent else {
      writeError(
        "The worker does not answer; it may be stopped. Try again: when it does not answer then, too,"
          + " another one takes its place.")
      return .failed
    }
    worker?.replace(because: "The worker does not answer, so it was replaced.")
    return .workerLost
  }

  /// Prints what went wrong, and returns what it means for the exit status.
  private func report(_ error: any Error) -> ShellStatus {
    switch error {
    case let rejection as CellRejection:
      show(rejection)
      return .failed
    case let error as CommandError:
      writeError(error.message)
      return error.status
    case let error as RunnerError where error.code == .abandoned:
      if verdict == nil { writeError("interrupted: nothing is waited for any more") }
      return .interrupted
    case let error as RunnerError where error.code == .connectionLost:
      // `workerLost` tells the same with all that went with it, before or after this.
      if state.withLock(\.isLossOld) { writeError(error.message) }
      return .workerLost
    case let error as RunnerError where error.code == .noAnswer && worker != nil:
      return reportSilence()
    case let error as RunnerError:
      writeError(error.message)
      return .failed
    default:
      writeError("\(error)")
      return .failed
    }
  }
}
