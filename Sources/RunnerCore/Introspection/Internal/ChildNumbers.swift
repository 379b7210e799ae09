internal import Synchronization

/// The numbers of one loop's child tasks that the library did not make.
///
/// A child gets its number when a walk first sees it, and is forgotten by the first whole walk that
/// began later and did not see it. Swift's own number of a task says which child is meant: it is
/// used once in a process.
struct ChildNumbers: ~Copyable, Sendable {
  struct Entry: Sendable {
    let id: TaskID
    let firstSeen: Int64
    var address: UInt
    /// The latest walk that saw it.
    fileprivate var walk: UInt64
  }

  private let walks = Atomic<UInt64>(0)
  private let known = LateValue<[UInt64: Entry]>()

  /// Begins a walk, before it reads anything.
  func beginWalk() -> UInt64 { walks.wrappingAdd(1, ordering: .relaxed).newValue }

  /// Returns an entry for each of the children that a walk saw.
  func note(
    _ children: [RuntimeTask], seenBy walk: UInt64, isWhole: Bool, now: Int64
  ) -> [Entry] {
    if children.isEmpty, known.ifMade({ $0.isEmpty }) ?? true { return [] }
    return known.withLock { known in
      let entries = children.map { child in
        var entry =
          known[child.id]
          ?? Entry(id: TaskID.next(), firstSeen: now, address: child.address, walk: walk)
        entry.walk = max(entry.walk, walk)
        known[child.id] = entry
        return entry
      }
      if isWhole, known.count > Set(children.map(\.id)).count {
        known = known.filter { $0.value.walk >= walk }
      }
      return entries
    }
  }

  /// The child with this number, as it was last seen: Swift's number of it, and its entry.
  func child(_ id: TaskID) -> (runtimeID: UInt64, entry: Entry)? {
    known.ifMade { known in
      known.first { $0.value.id == id }.map { ($0.key, $0.value) }
    } ?? nil
  }

  /// How many are remembered.
  var count: Int { known.ifMade { $0.count } ?? 0 }
}
