import RunnerWire

/// What a server knows of one connection; transitions return what is to be done about them.
struct ServerState: Sendable {
  enum Action: Hashable, Sendable {
    /// Tell who the peer is.
    case greet(MonitorPeer)
    /// Send a reply.
    case reply(WireReply)
    /// Answer on this thread.
    case answer(WireRequest)
    /// Answer on a thread of its own, and `finish` with this work number.
    case work(WireRequest, number: UInt64)
    /// End the waits of the controller.
    case abandonWaits
    /// Say no more, and end the connection.
    case close
  }

  private enum Phase {
    /// Only `hello` may come; then `open` or `closed`.
    case awaitingHello
    /// Requests may come; then `closed`.
    case open
    /// Whatever comes is ignored.
    case closed
  }

  /// One acting request that has had no reply.
  private struct OpenRequest {
    var work: UInt64
    var isAbandonable: Bool
  }

  /// How many acting requests may be executed at the same time.
  static let maximumWork = 256

  /// Whether requests that act are executed.
  let allowsActing: Bool
  private var phase = Phase.awaitingHello
  private var openRequests: [UInt64: OpenRequest] = [:]
  /// Work under way, abandoned or not, by number; the value tells whether it may wait without end.
  private var work: [UInt64: Bool] = [:]
  private var lastWork: UInt64 = 0

  init(allowsActing: Bool) {
    self.allowsActing = allowsActing
  }

  /// Takes what came over the connection.
  mutating func receive(_ input: Result<WireMessage, WireError>) -> [Action] {
    switch (phase, input) {
    case (.closed, _): []
    case (_, .failure(let error)): [.reply(WireReply(error))]
    case (.awaitingHello, .success(.hello(let hello))): receive(hello)
    case (.open, .success(.request(let request))): receive(request)
    case (.open, .success(.reply)), (.open, .success(.event)): []
    case (.open, .success(.hello)):
      close(WireError(.unexpectedHello, "The message 'hello' came twice."))
    case (.awaitingHello, .success):
      close(WireError(.unexpectedHello, "The first message must be 'hello'."))
    }
  }

  /// Notes that work is done; returns whether its reply is still wanted.
  mutating func finish(_ request: UInt64, work number: UInt64) -> Bool {
    work[number] = nil
    guard openRequests[request]?.work == number else { return false }
    openRequests[request] = nil
    return phase != .closed
  }

  /// Notes that the peer is gone.
  mutating func disconnect() -> [Action] {
    phase = .closed
    openRequests = [:]
    return work.values.contains(true) ? [.abandonWaits] : []
  }

  private mutating func receive(_ hello: WireHello) -> [Action] {
    do {
      try hello.checkVersion()
    } catch {
      return close(error)
    }
    phase = .open
    return [.greet(MonitorPeer(hello))]
  }

  private mutating func receive(_ request: WireRequest) -> [Action] {
    guard openRequests[request.id] == nil else {
      return refuse(
        request, .duplicateRequest, "Another open request has the number \(request.id).")
    }
    guard allowsActing || (request.call.kind == .looking && request.call != .jobs) else {
      return refuse(
        request, .notAllowed,
        "This monitor only looks: '\(request.call.name.rawValue)' is not allowed here.")
    }
    switch request.call.kind {
    case .looking: return [.answer(request)]
    case .abandoning: return [.abandonWaits] + abandonedReplies() + [.answer(request)]
    case .acting:
      guard work.count < Self.maximumWork else {
        return refuse(
          request, .tooManyRequests,
          "\(Self.maximumWork) requests are open already. Wait for one of them, or abandon them.")
      }
      lastWork += 1
      work[lastWork] = request.call.isAbandonable
      openRequests[request.id] = OpenRequest(
        work: lastWork, isAbandonable: request.call.isAbandonable)
      return [.work(request, number: lastWork)]
    }
  }

  /// Replies to every wait, so that it ends now even if its thread has not begun to wait yet.
  private mutating func abandonedReplies() -> [Action] {
    let abandoned = openRequests.filter(\.value.isAbandonable).keys.sorted()
    for id in abandoned { openRequests[id] = nil }
    return abandoned.map { id in
      .reply(WireReply(id: id, outcome: .failure(WireFailure(.waitAbandoned))))
    }
  }

  private func refuse(
    _ request: WireRequest, _ code: WireError.Code, _ sentence: String
  ) -> [Action] {
    [.reply(WireReply(WireError(code, sentence, in: request.id)))]
  }

  private mutating func close(_ error: WireError) -> [Action] {
    phase = .closed
    return [.reply(WireReply(error)), .close]
  }
}

extension WireReply {
  /// Creates the reply that tells what was wrong with a message.
  init(_ error: WireError) {
    self.init(id: error.messageID, outcome: .failure(WireFailure(error)))
  }
}
