import RunnerCore

/// Sends lines to an echo server on 127.0.0.1, checks each answer, and returns how many came back.
///
/// Demonstrates the other end of a connection: connecting, sending and receiving each suspend only
/// this task. In asyncio: `asyncio.open_connection()`.
///
/// - Throws: `RunnerError` when nobody listens, the server hangs up, or it sends something else.
@discardableResult
public func echoClient(port: Int, count: Int) async throws -> Int {
  let connection = try await LoopbackSocket.connected(to: port)
  var echoed = 0
  while echoed < count {
    let line = Array("line \(echoed + 1)\n".utf8)
    try await connection.send(line)
    var answer: [UInt8] = []
    while answer.count < line.count {
      let bytes = try await connection.receive()
      if bytes.isEmpty {
        throw RunnerError(
          .connectionLost, "The server hung up after \(echoed) of \(count) lines.")
      }
      answer += bytes
    }
    guard answer == line else {
      throw RunnerError(.system, "The server's answer to line \(echoed + 1) is not that line.")
    }
    echoed += 1
  }
  return echoed
}
