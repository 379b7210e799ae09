import Glibc
public import RunnerCore
import RunnerWire
import Synchronization

/// Serves the runners of this process to one peer over a connected Unix socket.
///
/// The server has a thread of its own, so it answers also while every loop is stuck. What only
/// looks is answered there, in order; what acts or waits gets a thread for itself, so that no wait
/// delays another request. A peer that sends garbage, stops reading or disappears never harms this
/// process. The server lives until the peer is gone or `disconnect()`, referenced or not.
///
/// A worker serves the descriptor that its front end gave it, and ends with the connection:
/// ```swift
/// let server = try MonitorServer(
///   descriptor: 3, controller: session,
///   program: MonitorProgram(name: "runner-repl", version: "0.1"),
///   onHello: { peer in session.number(from: peer) })
/// session.onJobEnd = { job in server.send(.jobEnded(job)) }
/// server.waitUntilDisconnected()
/// exit(0)
/// ```
public final class MonitorServer: Sendable {
  private let connection: Connection
  private let handler: RequestHandler
  private let state: Mutex<ServerState>
  private let onHello: @Sendable (MonitorPeer) -> Void
  private let onDisconnect: @Sendable () -> Void
  private let end = OneTimeValue<Void>()

  /// Starts to serve a controller: the peer can look and act.
  ///
  /// - Parameters:
  ///   - descriptor: A connected stream socket; the server owns it from now on, also on failure.
  ///   - controller: What answers.
  ///   - program: How this side introduces itself.
  ///   - onHello: Called once, on the server's thread, before the first request is answered.
  ///   - onDisconnect: Called once, on the server's thread, when the connection has ended.
  /// - Throws: `RunnerError.system` when the system refuses another thread.
  public convenience init(
    descriptor: Int32, controller: any RunnerController, program: MonitorProgram,
    onHello: @escaping @Sendable (MonitorPeer) -> Void = { _ in },
    onDisconnect: @escaping @Sendable () -> Void = {}
  ) throws {
    try self.init(
      descriptor: descriptor,
      handler: RequestHandler(inspector: controller, controller: controller), program: program,
      onHello: onHello, onDisconnect: onDisconnect)
  }

  /// Starts to serve an inspector: the peer can look, and is refused whatever acts.
  ///
  /// - Parameters:
  ///   - descriptor: A connected stream socket; the server owns it from now on, also on failure.
  ///   - inspector: What answers.
  ///   - program: How this side introduces itself.
  ///   - onHello: Called once, on the server's thread, before the first request is answered.
  ///   - onDisconnect: Called once, on the server's thread, when the connection has ended.
  /// - Throws: `RunnerError.system` when the system refuses another thread.
  public convenience init(
    descriptor: Int32, inspector: any RunnerInspector, program: MonitorProgram,
    onHello: @escaping @Sendable (MonitorPeer) -> Void = { _ in },
    onDisconnect: @escaping @Sendable () -> Void = {}
  ) throws {
    try self.init(
      descriptor: descriptor, handler: RequestHandler(inspector: inspector, controller: nil),
      program: program, onHello: onHello, onDisconnect: onDisconnect)
  }

  private init(
    descriptor: Int32, handler: RequestHandler, program: MonitorProgram,
    onHello: @escaping @Sendable (MonitorPeer) -> Void,
    onDisconnect: @escaping @Sendable () -> Void
  ) throws {
    connection = Connection(descriptor: descriptor)
    self.handler = handler
    state = Mutex(ServerState(allowsActing: handler.controller != nil))
    self.onHello = onHello
    self.onDisconnect = onDisconnect
    write(.hello(WireHello(program)))
    do {
      try NamedThread.start("monitor-reader") { self.serve() }
    } catch {
      connection.close()
      throw error
    }
  }

  /// Sends an event to the peer; after the connection has ended it does nothing.
  ///
  /// May be called from any thread, and blocks it while the peer does not read.
  public func send(_ event: MonitorEvent) {
    write(.event(WireEvent(event)))
  }

  /// Ends the connection; does nothing when it has ended already.
  public func disconnect() {
    connection.shutDown()
  }

  /// Blocks the calling thread until the connection has ended and `onDisconnect` has returned.
  public func waitUntilDisconnected() {
    end.wait()
  }

  // MARK: - The server's thread

  private func serve() {
    var reader = FrameReader()
    withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
      while case .bytes(let count) = connection.read(into: buffer, waits: true) {
        for frame in reader.receive(UnsafeRawBufferPointer(rebasing: buffer[..<count])) {
          let input = frame.message(limit: reader.limit)
          perform(state.withLock { $0.receive(input) })
        }
      }
    }
    perform(state.withLock { $0.disconnect() })
    connection.close()
    onDisconnect()
    end.set(())
  }

  private func perform(_ actions: [ServerState.Action]) {
    for action in actions {
      switch action {
      case .greet(let peer): onHello(peer)
      case .reply(let reply): write(.reply(reply))
      case .answer(let request): answer(request)
      case .work(let request, let number): work(request, number)
      case .abandonWaits: handler.controller?.abandonWaits()
      case .close: connection.shutDown()
      }
    }
  }

  private func answer(_ request: WireRequest) {
    write(.reply(WireReply(id: request.id, outcome: handler.answer(request.call))))
  }

  private func work(_ request: WireRequest, _ number: UInt64) {
    do {
      try NamedThread.start("monitor-request") {
        self.finish(request, number, self.handler.answer(request.call))
      }
    } catch {
      finish(request, number, .failure(WireFailure(error)))
    }
  }

  private func finish(_ request: WireRequest, _ number: UInt64, _ outcome: WireReply.Outcome) {
    guard state.withLock({ $0.finish(request.id, work: number) }) else { return }
    write(.reply(WireReply(id: request.id, outcome: outcome)))
  }

  /// Sends a message; one that would pass the limit is replaced by an error that says so.
  private func write(_ message: WireMessage) {
    do {
      connection.write(try FrameWriter().frame(message))
    } catch {
      guard case .reply(let reply) = message else { return }
      let failure = WireReply(WireError(error.code, error.message, in: reply.id))
      if let frame = try? FrameWriter().frame(.reply(failure)) { connection.write(frame) }
    }
  }
}
