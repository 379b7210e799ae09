import Glibc
public import RunnerCore
import RunnerWire
import Synchronization

/// Looks at, and acts on, the runners of another process over a connected Unix socket.
///
/// Calls may be made from any thread, at the same time; each blocks its thread until the reply is
/// there. When the connection ends, every call in progress and every later one throws
/// `RunnerError.connectionLost`. The client lives until then, referenced or not.
public final class MonitorClient: Sendable {
  /// What the client tells its owner; all are called on the thread that reads, which must not call
  /// the client in turn.
  public struct Handlers: Sendable {
    /// Called before each incoming message is handed on.
    public var beforeDispatch: @Sendable () -> Void
    /// Called for each event, in the order in which the server sent them.
    public var onEvent: @Sendable (MonitorEvent) -> Void
    /// Called once, when the connection has ended and every call has failed, with the reason.
    public var onDisconnect: @Sendable (RunnerError) -> Void

    public init(
      beforeDispatch: @escaping @Sendable () -> Void = {},
      onEvent: @escaping @Sendable (MonitorEvent) -> Void = { _ in },
      onDisconnect: @escaping @Sendable (RunnerError) -> Void = { _ in }
    ) {
      self.beforeDispatch = beforeDispatch
      self.onEvent = onEvent
      self.onDisconnect = onDisconnect
    }
  }

  let connection: Connection
  /// How long a call that only looks waits for its reply; the server needs a second at most.
  private let lookingLimit: Duration
  private let handlers: Handlers
  private let state = Mutex(ClientState())
  private let greeting = OneTimeValue<Result<MonitorPeer, RunnerError>>()
  /// The highest numbers of tasks and jobs that this client has heard of.
  package let numbers = SeenNumbers()
  /// The thread that is inside a handler.
  private let dispatchingThread = Mutex<pthread_t?>(nil)

  /// Starts a client with a thread of its own that reads.
  ///
  /// - Parameters:
  ///   - descriptor: A connected stream socket; the client owns it from now on, also on failure.
  ///   - program: How this side introduces itself.
  ///   - firstTaskNumber: Where the server is to begin to number tasks; `nil` leaves it to it.
  ///   - handlers: What the client tells its owner.
  /// - Throws: `RunnerError.system` when the system refuses another thread.
  public convenience init(
    descriptor: Int32, program: MonitorProgram, firstTaskNumber: UInt64? = nil,
    handlers: Handlers = Handlers()
  ) throws {
    self.init(
      connection: Connection(descriptor: descriptor), program: program,
      firstTaskNumber: firstTaskNumber, handlers: handlers)
    do {
      try NamedThread.start("monitor-reader") { self.read() }
    } catch {
      connection.close()
      throw error
    }
  }

  /// Creates a client for an owner that reads the connection itself and calls `dispatch`, `lose`
  /// and finally `connection.close()`.
  init(
    connection: Connection, program: MonitorProgram, firstTaskNumber: UInt64?,
    firstJobNumber: Int? = nil, handlers: Handlers, lookingLimit: Duration = .seconds(5)
  ) {
    self.connection = connection
    self.lookingLimit = lookingLimit
    self.handlers = handlers
    if let frame = try? FrameWriter().frame(
      .hello(
        WireHello(program, firstTaskNumber: firstTaskNumber, firstJobNumber: firstJobNumber)))
    {
      connection.write(frame)
    }
  }

  /// Blocks the calling thread until the server has introduced itself, and returns who it is.
  ///
  /// - Throws: `RunnerError.connectionLost` when the connection ended before, or the server speaks
  ///   another version.
  public func peer() throws -> MonitorPeer {
    try greeting.wait().get()
  }

  /// Ends the connection; does nothing when it has ended already.
  public func disconnect() {
    connection.shutDown()
  }

  // MARK: - Calling

  /// Sends a request and blocks the calling thread until its reply is there.
  func call(_ call: WireCall) throws(RunnerError) -> WireResult {
    precondition(
      dispatchingThread.withLock { $0 } != pthread_self(),
      "A handler of a MonitorClient called the client: it would wait for itself.")
    let slot = ReplySlot()
    let id = try send(call, slot)
    guard let limit = answerLimit(of: call) else {
      switch call {
      // Whoever waits for the end of something may wait as long as it takes, and has Ctrl-C.
      case .waitForJob, .waitForTask: break
      default: try watch(slot, id, call)
      }
      return numbers.note(try slot.wait().get())
    }
    guard let result = slot.wait(limit: limit) else {
      state.withLock { $0.forget(id) }
      throw Self.noAnswer(to: call, for: limit)
    }
    return numbers.note(try result.get())
  }

  /// Waits for the reply to a call that takes as long as it takes, and sees meanwhile that the peer is there:
  /// one that does not even answer a look is stopped.
  private func watch(
    _ slot: ReplySlot, _ id: UInt64, _ call: WireCall
  ) throws(RunnerError) {
    while slot.wait(limit: lookingLimit) == nil {
      let sign = ReplySlot()
      let probe = try send(.runners, sign)
      guard sign.wait(limit: lookingLimit) == nil, slot.wait(limit: .zero) == nil else { continue }
      state.withLock {
        $0.forget(id)
        $0.forget(probe)
      }
      throw Self.noAnswer(to: call, for: lookingLimit * 2)
    }
  }

  private static func noAnswer(to call: WireCall, for limit: Duration) -> RunnerError {
    RunnerError(
      .noAnswer,
      "The peer has not answered '\(call.name.rawValue)' for \(limit); it may be stopped. "
        + "Try again, or end it.")
  }

  /// How long the reply to a call is waited for; `nil` for one that takes as long as it takes.
  private func answerLimit(of call: WireCall) -> Duration? {
    switch call {
    case .interrupt: lookingLimit
    case .waitForJob(_, let limit?), .waitForTask(_, let limit?):
      Duration(wireNanoseconds: limit) + lookingLimit
    default: call.kind == .looking ? lookingLimit : nil
    }
  }

  /// Ends every wait in progress, here at once, and there as soon as the server reads it.
  func abandon() {
    perform(state.withLock { $0.abandonWaits() })
    _ = try? send(.abandonWaits, ReplySlot())
  }

  private func send(_ call: WireCall, _ slot: ReplySlot) throws(RunnerError) -> UInt64 {
    let id = try state.withLock { state throws(RunnerError) in try state.begin(call, slot) }
    do {
      // A write that fails ends the connection, and that fails the slot.
      connection.write(try FrameWriter().frame(.request(WireRequest(id: id, call: call))))
    } catch {
      state.withLock { $0.forget(id) }
      throw RunnerError(.invalidArgument, error.message)
    }
    return id
  }

  // MARK: - The reading thread

  private func read() {
    var reader = FrameReader()
    withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
      while case .bytes(let count) = connection.read(into: buffer, waits: true) {
        for frame in reader.receive(UnsafeRawBufferPointer(rebasing: buffer[..<count])) {
          dispatch(frame, limit: reader.limit)
        }
      }
    }
    lose(RunnerError(.connectionLost, "The connection to the peer has ended. Connect again."))
    connection.close()
  }

  /// Hands one incoming frame on; for the thread that reads.
  func dispatch(_ frame: Frame, limit: Int) {
    inHandlers { handlers.beforeDispatch() }
    let input = frame.message(limit: limit)
    perform(state.withLock { $0.receive(input) })
  }

  /// Fails every call, and every later one, with this error, and tells the owner once.
  func lose(_ error: RunnerError) {
    guard let actions = state.withLock({ $0.lose(error) }) else { return }
    connection.shutDown()
    greeting.set(.failure(error))
    perform(actions)
    inHandlers { handlers.onDisconnect(error) }
  }

  private func perform(_ actions: [ClientState.Action]) {
    for action in actions {
      switch action {
      case .greet(let peer): greeting.set(.success(peer))
      case .fulfil(let slot, let result): slot.set(result)
      case .deliver(let event): inHandlers { handlers.onEvent(event) }
      case .complain(let error): complain(error)
      case .lose(let error): lose(error)
      }
    }
  }

  private func complain(_ error: WireError) {
    let reply = WireReply(WireError(error.code, error.message))
    if let frame = try? FrameWriter().frame(.reply(reply)) { connection.write(frame) }
  }

  private func inHandlers(_ body: () -> Void) {
    dispatchingThread.withLock { $0 = pthread_self() }
    body()
    dispatchingThread.withLock { $0 = nil }
  }
}
