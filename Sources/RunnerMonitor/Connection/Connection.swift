import FoundationEssentials
import Glibc
import Synchronization

/// One end of a connected stream socket, which it owns.
///
/// One thread reads; any thread writes, shuts down or closes. Rules for the descriptor:
/// 1. A write happens under `writing`; so no two frames are mixed, and a full socket makes every
///    writer wait.
/// 2. `shutDown` needs only `isOpen`; so it ends a write that waits.
/// 3. The number is given back under both locks, by the reader, when it reads no more; so no call
///    ever uses a number that means something else by then.
final class Connection: Sendable {
  enum ReadResult {
    /// So many bytes are in the buffer.
    case bytes(Int)
    /// There is nothing to read now.
    case nothing
    /// The other side has closed its end, or the connection is broken.
    case end
  }

  let descriptor: Int32
  private let writing = Mutex<Void>(())
  private let isOpen = Mutex<Bool>(true)

  /// Takes over a connected socket; processes that this one starts will not inherit it.
  init(descriptor: Int32) {
    self.descriptor = descriptor
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  /// Sends one frame, waiting while the other side does not read; a failure ends the connection.
  ///
  /// May be called from any thread. Never raises SIGPIPE.
  func write(_ frame: Data) {
    let isSent = writing.withLock { _ in
      isOpen.withLock { $0 } && frame.withUnsafeBytes { send($0) }
    }
    if !isSent { shutDown() }
  }

  /// Reads what is there, after waiting for something if `waits` is true; for the reading thread.
  func read(into buffer: UnsafeMutableRawBufferPointer, waits: Bool) -> ReadResult {
    while true {
      let flags = waits ? 0 : Int32(MSG_DONTWAIT)
      let count = recv(descriptor, buffer.baseAddress, buffer.count, flags)
      if count > 0 { return .bytes(count) }
      if count == 0 { return .end }
      switch errno {
      case EINTR: continue
      case EAGAIN, EWOULDBLOCK:
        guard waits else { return .nothing }
        waitUntil(POLLIN)
      default: return .end
      }
    }
  }

  /// Ends the connection in both directions; whoever reads or writes finds out at once.
  func shutDown() {
    isOpen.withLock { isOpen in
      if isOpen { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
    }
  }

  /// Ends the connection and gives the descriptor back; for the reading thread, when it is done.
  func close() {
    shutDown()
    writing.withLock { _ in
      isOpen.withLock { isOpen in
        if isOpen { _ = Glibc.close(descriptor) }
        isOpen = false
      }
    }
  }

  private func send(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest)
      let count = Glibc.send(
        descriptor, piece.baseAddress, piece.count, Int32(MSG_NOSIGNAL))
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN || errno == EWOULDBLOCK {
        waitUntil(POLLOUT)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  /// Waits for a non-blocking descriptor; errors show in the call that follows.
  private func waitUntil(_ events: Int32) {
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    _ = poll(&entry, 1, -1)
  }
}
