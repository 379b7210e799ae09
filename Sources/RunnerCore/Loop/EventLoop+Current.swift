private import Glibc

extension EventLoop {
  /// The loop that the calling thread is running, or else the one of the last runner that was
  /// initialised on it and is not closed; mirrors `asyncio.get_event_loop()`.
  ///
  /// Runners with a `makeLoop` leave it alone. `nil` where there is none.
  public static var current: EventLoop? { running ?? LoopSlot.ofThread?.newestOpen }

  /// Makes the loop the calling thread's current one until it is closed, by whichever thread.
  ///
  /// Mirrors `asyncio.set_event_loop()`.
  func becomeCurrent() {
    LoopSlot.madeForThread().add(self)
  }

  /// Lets the calling thread go of its current loops that have been closed.
  static func forgetClosed() {
    LoopSlot.ofThread?.forgetClosed()
  }
}

/// The loops that were made current on one thread, oldest first; used by that thread only.
///
/// A loop leaves by being closed, which the thread notices when it next looks: so runners may be
/// closed in any order and by any thread, and what was current before is current again.
private final class LoopSlot {
  private var loops: [EventLoop] = []

  var newestOpen: EventLoop? {
    forgetClosed()
    return loops.last
  }

  func add(_ loop: EventLoop) {
    forgetClosed()
    loops.append(loop)
  }

  func forgetClosed() {
    // Most are closed in the order in which they should be.
    while let last = loops.last, last.isClosed { loops.removeLast() }
    if loops.contains(where: \.isClosed) { loops.removeAll { $0.isClosed } }
  }

  // MARK: One for each thread

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { pointer in
      guard let pointer else { return }
      Unmanaged<LoopSlot>.fromOpaque(pointer).release()
    }
    return key
  }()

  static var ofThread: LoopSlot? {
    pthread_getspecific(key).map { Unmanaged.fromOpaque($0).takeUnretainedValue() }
  }

  static func madeForThread() -> LoopSlot {
    if let slot = ofThread { return slot }
    let slot = LoopSlot()
    pthread_setspecific(key, Unmanaged.passRetained(slot).toOpaque())
    return slot
  }
}
