private import Glibc
import RunnerCore

/// A TCP socket of 127.0.0.1 that never blocks the loop's thread: it suspends the calling task.
///
/// The descriptor is closed with the last reference to the socket, so also when a task is cancelled
/// before its first step. Calls that wait pass on the place of their caller, so that listings show
/// the line of the coroutine and not one of this file.
final class LoopbackSocket: Sendable {
  private let descriptor: Int32
  /// The port that was asked for, for messages.
  private let name: String

  private init(_ descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  deinit { close(descriptor) }

  // MARK: Making

  /// Listens on a port; 0 lets the system choose a free one.
  ///
  /// - Throws: `RunnerError` when the port is no port, is in use, or is not allowed.
  static func listening(on port: Int) throws -> LoopbackSocket {
    let listener = try make(port)
    var one: Int32 = 1
    setsockopt(
      listener.descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
    let result = try withAddress(of: port) { bind(listener.descriptor, $0, $1) }
    guard result == 0, listen(listener.descriptor, SOMAXCONN) == 0 else {
      throw listener.failure("be listened on", errno)
    }
    return listener
  }

  /// Connects to a port; suspends the calling task until the other side has answered.
  ///
  /// - Throws: `CancellationError`; `RunnerError` when the port is no port or nobody listens on it.
  static func connected(
    to port: Int, fileID: StaticString = #fileID, line: UInt = #line,
    function: StaticString = #function
  ) async throws -> LoopbackSocket {
    let socket = try make(port)
    if try withAddress(of: port, { connect(socket.descriptor, $0, $1) }) != 0 {
      guard errno == EINPROGRESS || errno == EINTR else {
        throw socket.failure("be connected to", errno)
      }
      try await runningLoop().waitUntilWritable(
        socket.descriptor, fileID: fileID, line: line, function: function)
      var error: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      getsockopt(socket.descriptor, SOL_SOCKET, SO_ERROR, &error, &size)
      if error != 0 { throw socket.failure("be connected to", error) }
    }
    return socket
  }

  /// The port that the socket is bound to.
  ///
  /// - Throws: `RunnerError` when the system does not tell.
  var port: Int {
    get throws {
      var address = sockaddr_in()
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let result = withUnsafeMutableBytes(of: &address) { bytes in
        bytes.withMemoryRebound(to: sockaddr.self) {
          getsockname(descriptor, $0.baseAddress, &size)
        }
      }
      if result != 0 { throw failure("be named", errno) }
      return Int(UInt16(bigEndian: address.sin_port))
    }
  }

  // MARK: Using

  /// Suspends the calling task until there is a client, and returns the connection to it.
  ///
  /// - Throws: `CancellationError`; `RunnerError` when the system allows no more connections.
  func accept(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
  ) async throws -> LoopbackSocket {
    while true {
      try await runningLoop().waitUntilReadable(
        descriptor, fileID: fileID, line: line, function: function)
      let client = Glibc.accept(descriptor, nil, nil)
      if client >= 0 {
        _ = fcntl(client, F_SETFD, FD_CLOEXEC)
        _ = fcntl(client, F_SETFL, O_NONBLOCK)
        return LoopbackSocket(client, name: name)
      }
      // A client that has gone again is none of our business.
      guard [EAGAIN, EINTR, ECONNABORTED].contains(errno) else {
        throw failure("accept a client", errno)
      }
    }
  }

  /// Suspends the calling task until there is input, and returns it; nothing means the end.
  ///
  /// - Throws: `CancellationError`; `RunnerError.connectionLost`.
  func receive(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
  ) async throws -> [UInt8] {
    while true {
      try await runningLoop().waitUntilReadable(
        descriptor, fileID: fileID, line: line, function: function)
      var problem: Int32 = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
        let received = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if received < 0 { problem = errno }
        count = max(0, received)
      }
      if problem == 0 { return bytes }
      guard [EAGAIN, EINTR].contains(problem) else { throw failure("be received from", problem) }
    }
  }

  /// Sends all the bytes; suspends the calling task while the other side takes no more.
  ///
  /// - Throws: `CancellationError`; `RunnerError.connectionLost`.
  func send(
    _ bytes: [UInt8], fileID: StaticString = #fileID, line: UInt = #line,
    function: StaticString = #function
  ) async throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if sent >= 0 {
        rest = rest.dropFirst(sent)
      } else if errno == EAGAIN {
        try await runningLoop().waitUntilWritable(
          descriptor, fileID: fileID, line: line, function: function)
      } else if errno != EINTR {
        throw failure("be sent to", errno)
      }
    }
  }

  // MARK: System calls

  private static func make(_ port: Int) throws -> LoopbackSocket {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_INET, type, 0)
    let problem = errno
    let socket = LoopbackSocket(descriptor, name: "Port \(port) of 127.0.0.1")
    if descriptor < 0 { throw socket.failure("be used", problem) }
    return socket
  }

  private static func withAddress(
    of port: Int, _ body: (UnsafePointer<sockaddr>?, socklen_t) -> Int32
  ) throws -> Int32 {
    guard let port = UInt16(exactly: port) else {
      throw RunnerError(.invalidArgument, "There is no port \(port); ports are 0 to 65535.")
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    return withUnsafeBytes(of: &address) { bytes in
      bytes.withMemoryRebound(to: sockaddr.self) { body($0.baseAddress, socklen_t(bytes.count)) }
    }
  }

  private func failure(_ what: String, _ problem: Int32) -> RunnerError {
    switch problem {
    case EADDRINUSE:
      RunnerError(.system, "\(name) is in use already; choose another one, or 0 for a free one.")
    case EACCES:
      RunnerError(.system, "\(name) is not allowed to this user; choose one above 1023.")
    case ECONNREFUSED:
      RunnerError(.system, "\(name) has nobody listening; start an echoServer on it first.")
    case ECONNRESET, EPIPE:
      RunnerError(.connectionLost, "\(name) lost its connection: the other side is gone.")
    default:
      RunnerError(.system, "\(name) cannot \(what): \(String(cString: strerror(problem))).")
    }
  }
}
