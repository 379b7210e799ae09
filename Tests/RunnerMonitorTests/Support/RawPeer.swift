import Foundation
import Glibc
import RunnerWire
import Testing

/// One end of a connection in the hands of a test: it writes and reads lines as they are.
final class RawPeer {
  private let descriptor: Int32
  private var reader = FrameReader()
  private var lines: [String] = []
  private var isClosed = false

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit { close() }

  static let hello =
    #"{"hello":{"protocol":"runner-wire","version":1,"program":"test","#
    + #""programVersion":"1","pid":1}}"#

  func send(_ bytes: Data) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  func sendLine(_ text: String) {
    send(Data((text + "\n").utf8))
  }

  /// The next line, or `nil` at the end of the connection.
  func readLine() -> String? {
    while lines.isEmpty {
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return nil }
      for case .line(let line) in reader.receive(Data(buffer.prefix(count))) {
        lines.append(String(decoding: line, as: UTF8.self))
      }
    }
    return lines.removeFirst()
  }

  /// The next line as a message.
  func readMessage() throws -> WireMessage {
    try WireCodec.decode(Data(try #require(readLine()).utf8))
  }

  /// The next line as a failure.
  func readFailure() throws -> (id: UInt64?, failure: WireFailure) {
    guard case .reply(let reply) = try readMessage(), case .failure(let failure) = reply.outcome
    else { throw WireError(.malformedMessage, "Not a failure.") }
    return (reply.id, failure)
  }

  func close() {
    if !isClosed { _ = Glibc.close(descriptor) }
    isClosed = true
  }
}

/// Two connected stream sockets.
func connectedSockets() throws -> (Int32, Int32) {
  var descriptors: [Int32] = [-1, -1]
  let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
  try #require(socketpair(AF_UNIX, kind, 0, &descriptors) == 0)
  return (descriptors[0], descriptors[1])
}
