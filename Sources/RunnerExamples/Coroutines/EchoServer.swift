import RunnerCore

/// Listens on a port of 127.0.0.1 and sends every client back what it sent, until it is cancelled.
///
/// Demonstrates tasks that wait for sockets: all clients are served by the loop's one thread, each
/// by a task of its own. Port 0 takes a free one and prints it. In asyncio:
/// `asyncio.start_server()`. The system calls are in `LoopbackSocket`.
///
/// - Throws: `RunnerError` when the port cannot be listened on.
public func echoServer(port: Int) async throws {
  let listener = try LoopbackSocket.listening(on: port)
  print("echo server: listening on port \(try listener.port)")
  try await serveClients(of: listener)
}

/// Accepts clients until it is cancelled; then it cancels and awaits the tasks that serve them.
func serveClients(of listener: LoopbackSocket) async throws {
  let loop = try runningLoop()
  var clients: [RunnerTask<Void>] = []
  var count = 0
  do {
    while true {
      let connection = try await listener.accept()
      count += 1
      let client = try loop.makeTask(named: "client \(count)") {
        await echo(connection)
      }
      clients.removeAll { $0.isDone }
      clients.append(client)
    }
  } catch {
    for client in clients { client.cancel(message: "the echo server ends") }
    _ = try await gatherResults(clients)
    throw error
  }
}

/// Serves one client until it has no more to say; the socket is closed with its last reference.
private func echo(_ connection: LoopbackSocket) async {
  let name = AnyRunnerTask.current?.name ?? "client"
  print("echo server: \(name) connected")
  do {
    while true {
      let bytes = try await connection.receive()
      if bytes.isEmpty { break }
      try await connection.send(bytes)
    }
    print("echo server: \(name) left")
  } catch {
    print("echo server: \(name) was cut off")
  }
}
