internal import RunnerShell
internal import Synchronization

/// What other threads want of the editing thread, in order.
///
/// Its lock is held for an instant only and never across a write, so signal handling may always post.
final class EditorMailbox: Sendable {
  enum Event: Hashable, Sendable {
    case interrupt, resize, suspend, resumed, completions
    case prompts(LineRequest)
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

  /// Removes what was meant for an earlier line: its prompts, and interruptions that came while there was no line to
  /// interrupt; returns whether there were any of these.
  func takeStaleEvents() -> Bool {
    events.withLock { events in
      let wasInterrupted = events.contains(.interrupt)
      events.removeAll { event in
        if case .prompts = event { return true }
        return event == .interrupt
      }
      return wasInterrupted
    }
  }
}
