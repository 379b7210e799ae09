import FoundationEssentials
import Glibc
import Synchronization

/// The reading end of a worker's output pipe, if there is one; for the pump's thread only.
final class WorkerOutput: Sendable {
  /// How many bytes of the end of the output are kept for the report.
  static let tailSize = 2048

  private struct State {
    /// The pipe; -1 when there is none, or its end has been reached.
    var descriptor: Int32
    var tail = Data()
  }

  private let state: Mutex<State>
  private let onOutput: @Sendable (Data) -> Void

  /// Takes over the reading end of a pipe.
  init(_ descriptor: Int32?, onOutput: @escaping @Sendable (Data) -> Void) {
    state = Mutex(State(descriptor: descriptor ?? -1))
    self.onOutput = onOutput
  }

  /// The pipe, for `poll`; -1 when there is none, or its end has been reached.
  var descriptor: Int32 { state.withLock { $0.descriptor } }

  /// The last that was written.
  var tail: Data { state.withLock { $0.tail } }

  /// Delivers what is in the pipe now, and no more.
  ///
  /// So a worker that never stops writing cannot keep the caller here.
  func drain() {
    var rest: Int32 = 0
    guard ioctl(descriptor, UInt(FIONREAD), &rest) == 0 else { return }
    while rest > 0 {
      let count = deliver(atMost: Int(rest))
      guard count > 0 else { return }
      rest -= Int32(count)
    }
  }

  /// Delivers one piece, or notes the end; for a pipe of which `poll` says that it is readable.
  func deliverReadable() {
    if deliver(atMost: Self.pieceSize) == 0 { close() }
  }

  /// Gives the descriptor back.
  func close() {
    state.withLock { state in
      if state.descriptor >= 0 { _ = Glibc.close(state.descriptor) }
      state.descriptor = -1
    }
  }

  private static let pieceSize = 64 * 1024

  /// Delivers one piece; returns its size, 0 at the end of the output, or -1 on an error.
  private func deliver(atMost limit: Int) -> Int {
    let descriptor = descriptor
    var bytes = Data(count: min(limit, Self.pieceSize))
    var count = -1
    repeat {
      count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    } while count < 0 && errno == EINTR
    guard count > 0 else { return count }
    bytes.removeLast(bytes.count - count)
    state.withLock { $0.tail = Data(($0.tail + bytes).suffix(Self.tailSize)) }
    onOutput(bytes)
    return count
  }
}
