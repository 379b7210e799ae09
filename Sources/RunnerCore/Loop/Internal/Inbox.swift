private import Synchronization

/// What other threads hand to the loop.
///
/// 1. `append` may be called from any thread; `takeAll` only by the loop's owner.
/// 2. The owner announces its sleep (`isSleeping`) before it looks into the inbox for the last time;
///    a sender looks at `isSleeping` after it has appended. So either the owner sees the entry, or
///    the sender sees the sleep and wakes it.
struct Inbox: ~Copyable, Sendable {
  private let entries = LateValue<[ReadyEntry]>()
  private let hasEntries = Atomic<Bool>(false)
  private let isSleeping = Atomic<Bool>(false)

  /// Appends an entry; returns whether the loop sleeps and must be woken.
  func append(_ entry: ReadyEntry) -> Bool {
    entries.withLock { $0.append(entry) }
    hasEntries.store(true, ordering: .sequentiallyConsistent)
    return isSleeping.exchange(false, ordering: .sequentiallyConsistent)
  }

  /// Whether something may be in it.
  var mayHaveEntries: Bool { hasEntries.load(ordering: .sequentiallyConsistent) }

  var count: Int { entries.ifMade { $0.count } ?? 0 }

  /// Exchanges what is in it for an empty array, whose memory it goes on with.
  func takeAll(into empty: inout [ReadyEntry]) {
    hasEntries.store(false, ordering: .sequentiallyConsistent)
    _ = entries.ifMade { swap(&$0, &empty) }
  }

  /// The memory of more entries than that is given back.
  static let keptCapacity = 4_096

  /// Says that the owner is about to sleep or has woken.
  func announceSleep(_ sleeping: Bool) {
    isSleeping.store(sleeping, ordering: .sequentiallyConsistent)
  }

  /// Returns whether the loop sleeps and must be woken, and takes on that duty.
  func claimWake() -> Bool {
    isSleeping.exchange(false, ordering: .sequentiallyConsistent)
  }
}
