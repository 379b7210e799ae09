import RunnerCore
import RunnerWire

/// Where the caller of a request waits for its reply.
typealias ReplySlot = OneTimeValue<Result<WireResult, RunnerError>>

/// What a client knows of its connection; transitions return what is to be done about them.
struct ClientState: Sendable {
  enum Action: Sendable {
    /// Tell who the peer is.
    case greet(MonitorPeer)
    /// Hand a reply to its caller.
    case fulfil(ReplySlot, Result<WireResult, RunnerError>)
    /// Hand an event to the owner.
    case deliver(MonitorEvent)
    /// Tell the peer what was wrong.
    case complain(WireError)
    /// End the connection for this reason.
    case lose(RunnerError)
  }

  private enum Phase {
    /// Only `hello` may come; then `open` or `lost`.
    case awaitingHello
    /// Replies and events may come; then `lost`.
    case open
    /// Every call throws this error.
    case lost(RunnerError)
  }

  private struct OpenRequest {
    var slot: ReplySlot
    var isAbandonable: Bool
  }

  private var phase = Phase.awaitingHello
  private var openRequests: [UInt64: OpenRequest] = [:]
  private var lastID: UInt64 = 0

  /// Gives a new request its number.
  mutating func begin(_ call: WireCall, _ slot: ReplySlot) throws(RunnerError) -> UInt64 {
    if case .lost(let error) = phase { throw error }
    lastID += 1
    openRequests[lastID] = OpenRequest(slot: slot, isAbandonable: call.isAbandonable)
    return lastID
  }

  /// Forgets a request whose caller waits no more; a late reply is ignored.
  mutating func forget(_ id: UInt64) {
    openRequests[id] = nil
  }

  /// Takes what came over the connection.
  mutating func receive(_ input: Result<WireMessage, WireError>) -> [Action] {
    switch (phase, input) {
    case (.lost, _): []
    case (_, .failure(let error)): receive(error)
    case (.awaitingHello, .success(.hello(let hello))): receive(hello)
    case (_, .success(.reply(let reply))): receive(reply)
    case (.open, .success(.event(let event))): event.model.map { [.deliver($0)] } ?? []
    case (.open, .success(.request)): []
    case (_, .success):
      refuse(WireError(.unexpectedHello, "The message 'hello' is missing or came twice."))
    }
  }

  /// Ends every wait in progress.
  mutating func abandonWaits() -> [Action] {
    let abandoned = openRequests.filter(\.value.isAbandonable)
    for id in abandoned.keys { openRequests[id] = nil }
    return abandoned.values.map { .fulfil($0.slot, .failure(.waitAbandoned)) }
  }

  /// Notes that the connection has ended; `nil` when that was known.
  mutating func lose(_ error: RunnerError) -> [Action]? {
    if case .lost = phase { return nil }
    phase = .lost(error)
    defer { openRequests = [:] }
    return openRequests.values.map { .fulfil($0.slot, .failure(error)) }
  }

  private mutating func receive(_ hello: WireHello) -> [Action] {
    do {
      try hello.checkVersion()
    } catch {
      return refuse(error)
    }
    phase = .open
    return [.greet(MonitorPeer(hello))]
  }

  private mutating func receive(_ reply: WireReply) -> [Action] {
    let result: Result<WireResult, RunnerError>
    switch reply.outcome {
    case .result(let value): result = .success(value)
    case .failure(let failure): result = .failure(failure.model)
    }
    guard let id = reply.id else {
      guard case .failure(let error) = result else { return [] }
      return [.lose(RunnerError(.connectionLost, error.message))]
    }
    guard let request = openRequests.removeValue(forKey: id) else { return [] }
    return [.fulfil(request.slot, result)]
  }

  /// Takes a line that cannot be read: when it was not the reply to one call, it may be any reply.
  private mutating func receive(_ error: WireError) -> [Action] {
    if let id = error.messageID, let request = openRequests.removeValue(forKey: id) {
      let failure = RunnerError(
        .malformedMessage, "The peer's reply cannot be read. \(error.message)")
      return [.fulfil(request.slot, .failure(failure))]
    }
    return refuse(error)
  }

  private func refuse(_ error: WireError) -> [Action] {
    let sentence =
      error.code == .versionMismatch
      ? error.message : "The peer sent what cannot be read. \(error.message)"
    return [.complain(error), .lose(RunnerError(.connectionLost, sentence))]
  }
}
