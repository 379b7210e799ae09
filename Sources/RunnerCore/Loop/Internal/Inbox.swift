private import Synchronization

/// What other threads hand to the loop.
///
/// 1. `append` may be called from any thread; `takeAll` only by the loop's owner.
/// 2. The owner announces its sleep (`isSleeping`) before it looks into the inbox for the last time;
///    a sender looks at `isSleeping` after it has appended. So either the owner sees the entry, or
///    the sender sees the sleep and wakes it.
struct Inbox: ~Copyable, Sendable {
  private final class Line: Emptiable {
    // Without checks for overlapping access: the lock sees to that.
    @exclusivity(unchecked) var entries = Ring<ReadyEntry>()
  }

  private let line = LateValue<Line>()
  private let hasEntries = Atomic<Bool>(false)
  private let isSleeping = Atomic<Bool>(false)

  /// Appends an entry; returns whether the loop sleeps and must be woken.
  func append(_ entry: ReadyEntry) -> Bool {
    line.withLock { line in
      line.entries.append(entry)
      // Who comes second finds it said.
      if line.entries.count == 1 { hasEntries.store(true, ordering: .sequentiallyConsistent) }
    }
    // Awake, as it mostly is, it is only looked at: writing takes the word away from the owner's processor.
    return isSleeping.load(ordering: .sequentiallyConsistent) && claimWake()
  }

  /// Whether something may be in it.
  var mayHaveEntries: Bool { hasEntries.load(ordering: .sequentiallyConsistent) }

  var count: Int { line.ifMade { $0.entries.count } ?? 0 }

  /// Exchanges what is in it for an empty ring, whose memory it goes on with.
  func takeAll(into empty: inout Ring<ReadyEntry>) {
    if empty.capacity > Self.keptCapacity { empty = Ring() }
    line.ifMade { line in
      hasEntries.store(false, ordering: .sequentiallyConsistent)
      swap(&line.entries, &empty)
    }
  }

  /// The memory of more entries than that is given back.
  private static let keptCapacity = 4_096

  /// Says that the owner is about to sleep or has woken.
  func announceSleep(_ sleeping: Bool) {
    isSleeping.store(sleeping, ordering: .sequentiallyConsistent)
  }

  /// Returns whether the loop sleeps and must be woken, and takes on that duty.
  func claimWake() -> Bool {
    isSleeping.exchange(false, ordering: .sequentiallyConsistent)
  }
}
