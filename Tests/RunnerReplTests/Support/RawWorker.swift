import Foundation
import Glibc

/// The real worker with a test in the place of its front end, which may send it anything.
///
/// Used on one thread.
final class RawWorker {
  static let hello =
    #"{"hello":{"protocol":"runner-wire","version":1,"program":"test","#
    + #""programVersion":"1","pid":1}}"#

  let processID: pid_t
  private let home: Home
  private var socket: Int32
  private var received: [UInt8] = []
  private var status: Int32?

  /// Starts a worker.
  ///
  /// - Throws: `Failure` when the system refuses.
  init() throws {
    home = try Home()
    let (ours, theirs) = try ChildProcess.socketPair()
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { [theirs, null].forEach { close($0) } }
    processID = try ChildProcess.start(
      Batch.program, ["--worker", "captured"], environment: home.environment,
      descriptors: [0: null, 1: null, 2: null, 3: theirs])
    socket = ours
  }

  deinit {
    if status == nil { ChildProcess.destroy(processID) }
    disconnect()
  }

  /// Sends bytes; false when the worker does not take them any more.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  @discardableResult
  func sendLine(_ text: String) -> Bool { send(Array((text + "\n").utf8)) }

  /// The next message of the worker; nil at the end of the connection.
  ///
  /// - Throws: `Failure` when none comes in time.
  func receive(seconds: Int32 = 20) throws -> [String: Any]? {
    while true {
      if let end = received.firstIndex(of: 0x0A) {
        let line = Data(received[..<end])
        received.removeSubrange(...end)
        return try JSONSerialization.jsonObject(with: line) as? [String: Any]
      }
      var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, seconds * 1000) > 0 else { throw Failure("the worker is silent") }
      var buffer = [UInt8](repeating: 0, count: 65536)
      let count = Glibc.recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      received += buffer[..<count]
    }
  }

  /// The code of the next message, which is an error with a sentence.
  func receiveErrorCode() throws -> String? {
    let error = try receive()?["error"] as? [String: Any]
    guard let message = error?["message"] as? String, message.hasSuffix(".") else { return nil }
    return error?["code"] as? String
  }

  /// Asks which runners there are, and whether the answer is the one to this question.
  func answers(id: Int) throws -> Bool {
    sendLine(#"{"id":\#(id),"call":"runners"}"#)
    let reply = try receive()
    return reply?["id"] as? Int == id && reply?["result"] != nil
  }

  func disconnect() {
    if socket >= 0 { close(socket) }
    socket = -1
  }

  /// Waits for the worker's end and returns its exit status.
  ///
  /// - Throws: `Failure` when it does not end in time.
  func waitForExit(seconds: Double = 20) throws -> Int32 {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
      if let code = ChildProcess.collect(processID) {
        status = code
        return code
      }
      usleep(2000)
    }
    throw Failure("the worker has not ended")
  }
}
