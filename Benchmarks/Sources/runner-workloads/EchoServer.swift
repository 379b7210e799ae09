import Glibc
import RunnerCore

/// Sends back what it gets, each connection by a task of its own, until it is killed; prints its port.
enum EchoServer {
  static func serve() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
    print("PORT \(bind(listener))")
    fflush(nil)
    try withRunner { runner in
      let loop = try runner.loop
      try runner.run { try await serve(listener, on: loop) }
    }
  }

  private static func serve(_ listener: Int32, on loop: EventLoop) async throws {
    while true {
      try await loop.waitUntilReadable(listener)
      let connection = accept(listener, nil, nil)
      if connection >= 0 { try loop.makeTask { try await echo(connection, on: loop) } }
    }
  }

  private static func echo(_ connection: Int32, on loop: EventLoop) async throws {
    defer { close(connection) }
    _ = fcntl(connection, F_SETFL, O_NONBLOCK)
    var yes: Int32 = 1
    setsockopt(
      connection, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    let buffer = UnsafeMutableRawPointer.allocate(byteCount: 4_096, alignment: 1)
    defer { buffer.deallocate() }
    while true {
      try await loop.waitUntilReadable(connection)
      let size = recv(connection, buffer, 4_096, 0)
      guard size > 0 || errno == EAGAIN else { return }
      // What the kernel does not take at once is more than the client ever sends.
      if size > 0 { send(connection, buffer, size, Int32(MSG_NOSIGNAL)) }
    }
  }

  /// Returns the port that the system chose.
  private static func bind(_ listener: Int32) -> UInt16 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let problem = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        Glibc.bind(listener, address, length) | listen(listener, 128)
          | getsockname(listener, address, &length)
      }
    }
    guard problem == 0 else { fail("The echo server cannot listen: error \(errno).") }
    return UInt16(bigEndian: address.sin_port)
  }
}
