import Glibc
import RunnerCore
import Testing

@testable import RunnerExamples

@Suite(.timeLimit(.minutes(1))) struct EchoTests {
  let runner = Runner()

  /// Runs `body` beside a server, and cancels the server after it.
  private func withServer<R: Sendable>(
    _ body: @escaping @Sendable (_ port: Int) async throws -> R
  ) throws -> R {
    let runner = self.runner
    let result = try runner.run {
      let listener = try LoopbackSocket.listening(on: 0)
      let server = try runner.loop.makeTask(named: "server") {
        try await serveClients(of: listener)
      }
      let result = try await body(try listener.port)
      server.cancel()
      _ = try await gatherResults([server])
      #expect(server.isCancelled)
      return result
    }
    #expect(try runner.close().cancelledTasks == 0)
    return result
  }

  @Test func `every line comes back`() throws {
    #expect(try withServer { try await echoClient(port: $0, count: 25) } == 25)
  }

  @Test func `many clients are served at the same time`() throws {
    let counts = try withServer { port in
      let loop = try runningLoop()
      let clients = try (1...40).map { count in
        try loop.makeTask { try await echoClient(port: port, count: count) }
      }
      return try await gather(clients)
    }
    #expect(counts == Array(1...40))
  }

  @Test func `more than a socket buffer holds comes back whole`() throws {
    let size = 8 << 20
    let received = try withServer { port in
      let connection = try await LoopbackSocket.connected(to: port)
      let sender = try runningLoop().makeTask {
        try await connection.send([UInt8](repeating: 7, count: size))
      }
      var received = 0
      while received < size { received += try await connection.receive().count }
      try await sender.awaitValue()
      return received
    }
    #expect(received == size)
  }

  @Test func `a server that is cancelled closes the connections of its clients`() throws {
    try runner.run {
      let listener = try LoopbackSocket.listening(on: 0)
      let port = try listener.port
      let server = try runner.loop.makeTask { try await serveClients(of: listener) }
      let connection = try await LoopbackSocket.connected(to: port)
      try await connection.send([1])
      #expect(try await connection.receive() == [1])
      server.cancel()
      #expect(try await connection.receive().isEmpty)
    }
    try runner.close()
  }

  @Test func `a port is free again after its server was cancelled`() throws {
    try runner.run {
      let port = try LoopbackSocket.listening(on: 0).port
      for _ in 1...3 {
        let server = try runner.loop.makeTask { try await echoServer(port: port) }
        try await sleep(0)
        try await sleep(0)
        #expect(try await echoClient(port: port, count: 1) == 1)
        server.cancel()
        _ = try await gatherResults([server])
      }
    }
    try runner.close()
  }

  @Test func `a port in use is refused with a sentence`() throws {
    try runner.run {
      let listener = try LoopbackSocket.listening(on: 0)
      let port = try listener.port
      await #expect(
        throws: RunnerError(
          .system,
          "Port \(port) of 127.0.0.1 is in use already; choose another one, or 0 for a free one.")
      ) { try await echoServer(port: port) }
    }
    try runner.close()
  }

  @Test func `a port on which nobody listens is refused with a sentence`() throws {
    // Bound and not listening, so that nobody else can take it meanwhile.
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutableBytes(of: &address) { bytes in
      bytes.withMemoryRebound(to: sockaddr.self) { pointer in
        _ = bind(descriptor, pointer.baseAddress!, size)
        _ = getsockname(descriptor, pointer.baseAddress!, &size)
      }
    }
    let port = Int(UInt16(bigEndian: address.sin_port))
    try runner.run {
      await #expect(
        throws: RunnerError(
          .system,
          "Port \(port) of 127.0.0.1 has nobody listening; start an echoServer on it first.")
      ) { try await echoClient(port: port, count: 1) }
    }
    try runner.close()
  }

  @Test(arguments: [-1, 65_536, 70_000, Int.max]) func `what is no port is refused`(port: Int)
    throws
  {
    try runner.run {
      let expected = RunnerError(
        .invalidArgument, "There is no port \(port); ports are 0 to 65535.")
      await #expect(throws: expected) { try await echoServer(port: port) }
      await #expect(throws: expected) { try await echoClient(port: port, count: 1) }
    }
    try runner.close()
  }

  @Test func `a server that hangs up is reported with what came back before`() throws {
    try runner.run {
      let listener = try LoopbackSocket.listening(on: 0)
      let port = try listener.port
      let server = try runner.loop.makeTask {
        let connection = try await listener.accept()
        try await connection.send(try await connection.receive())
        _ = try await connection.receive()
      }
      await #expect(
        throws: RunnerError(.connectionLost, "The server hung up after 1 of 3 lines.")
      ) { try await echoClient(port: port, count: 3) }
      try await server.awaitValue()
    }
    try runner.close()
  }

  @Test func `the waits of server and client name their lines`() throws {
    try runner.run {
      let listener = try LoopbackSocket.listening(on: 0)
      let server = try runner.loop.makeTask { try await serveClients(of: listener) }
      try await sleep(0)
      let wait = try LocalInspector([runner]).task(server.id).wait
      #expect(wait?.site?.function == "serveClients(of:)")
      #expect(wait?.site?.fileName == "EchoServer.swift")
    }
    try runner.close()
  }
}
