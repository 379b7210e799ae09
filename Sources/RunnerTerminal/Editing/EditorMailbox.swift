internal import Synchronization

/// What other threads want of the editing thread, in order.
///
/// Its lock is held for an instant only and never across a write, so signal handling may always post.
final class EditorMailbox: Sendable {
  enum Event: Hashable, Sendable {
    case interrupt, resize, suspend, resumed
  }

  private let events = Mutex<[Event]>([])
  private let wakePipe: WakePipe

  init(wakePipe: WakePipe) {
    self.wakePipe = wakePipe
  }

  func post(_ event: Event) {
    events.withLock { $0.append(event) }
    wakePipe.wake()
  }

  func take() -> [Event] {
    events.withLock { events in
      defer { events = [] }
      return events
    }
  }

  /// Removes interruptions that came while there was no line to interrupt; returns whether there were any.
  func takeInterrupts() -> Bool {
    events.withLock { events in
      let count = events.count
      events.removeAll { $0 == .interrupt }
      return events.count < count
    }
  }
}
