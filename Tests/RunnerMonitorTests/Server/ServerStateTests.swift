import RunnerCore
import RunnerWire
import Testing

@testable import RunnerMonitor

@Suite struct ServerStateTests {
  /// The state behind a reference, so that an expectation can change it.
  private final class Server {
    private var state = ServerState(allowsActing: true)

    func receive(_ message: WireMessage) -> [ServerState.Action] {
      state.receive(.success(message))
    }

    func receive(_ request: WireRequest) -> [ServerState.Action] { receive(.request(request)) }

    func finish(_ request: UInt64, work: UInt64) -> Bool { state.finish(request, work: work) }

    func disconnect() -> [ServerState.Action] { state.disconnect() }
  }

  private let server = Server()

  init() {
    _ = server.receive(.hello(Self.hello))
  }

  private static let hello = WireHello(program: "p", programVersion: "1", processID: 5)
  private static let wait = WireRequest(id: 7, call: .waitForJob(1, limit: nil))

  private func failure(_ id: UInt64?, _ error: RunnerError) -> ServerState.Action {
    .reply(WireReply(id: id, outcome: .failure(WireFailure(error))))
  }

  @Test func `a look is answered at once, work gets a number`() {
    let look = WireRequest(id: 7, call: .runners)
    #expect(server.receive(look) == [.answer(look)])
    #expect(server.receive(Self.wait) == [.work(Self.wait, number: 1)])
    #expect(server.finish(7, work: 1))
    #expect(server.receive(Self.wait) == [.work(Self.wait, number: 2)])
  }

  @Test func `what finishes after it was abandoned has no second reply`() {
    _ = server.receive(Self.wait)
    let abandon = WireRequest(id: 8, call: .abandonWaits)
    #expect(
      server.receive(abandon)
        == [.abandonWaits, failure(7, .waitAbandoned), .answer(abandon)])
    #expect(!server.finish(7, work: 1))
  }

  @Test func `the number of an abandoned wait can be used again`() {
    _ = server.receive(Self.wait)
    _ = server.receive(WireRequest(id: 8, call: .abandonWaits))
    #expect(server.receive(Self.wait) == [.work(Self.wait, number: 2)])
    #expect(!server.finish(7, work: 1))
    #expect(server.finish(7, work: 2))
  }

  @Test func `abandoning does not touch the begin of a run`() {
    let spawn = WireRequest(id: 7, call: .spawn(expression: "f()", runner: "main", name: nil))
    let abandon = WireRequest(id: 8, call: .abandonWaits)
    _ = server.receive(spawn)
    #expect(server.receive(abandon) == [.abandonWaits, .answer(abandon)])
    #expect(server.finish(7, work: 1))
  }

  @Test func `a peer that leaves ends the waits, and nothing more is replied`() {
    _ = server.receive(Self.wait)
    #expect(server.disconnect() == [.abandonWaits])
    #expect(!server.finish(7, work: 1))
    #expect(server.receive(Self.wait) == [])
  }

  @Test func `a second hello ends the connection`() {
    let actions = server.receive(.hello(Self.hello))
    #expect(actions.last == .close)
    #expect(actions.count == 2)
  }

  @Test func `complaints and replies of the peer are not answered`() {
    let complaint = WireReply(id: nil, outcome: .failure(WireFailure(code: "x", message: "y")))
    #expect(server.receive(.reply(complaint)) == [])
  }
}
