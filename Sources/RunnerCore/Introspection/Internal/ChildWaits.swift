private import CRunnerRuntime

/// What child tasks that the library did not make wait for, by the addresses of their Swift tasks.
///
/// They have no `WaitCell`. Written by the loop's thread, readable from any.
struct ChildWaits: ~Copyable, Sendable {
  private struct Entry {
    var kind: WaitKind
    var detail: UInt64
    var since: Int64
    var site: WaitSite?
  }

  private let waits = LateValue<[UInt: Entry]>()

  /// Notes that the calling child task begins to wait, and returns what `end` takes.
  func begin(_ kind: WaitKind, detail: UInt64, since now: Int64, at site: WaitSite?) -> UInt {
    let address = withUnsafeCurrentTask { $0.map { unsafeBitCast($0, to: UInt.self) } ?? 0 }
    waits.withLock { $0[address] = Entry(kind: kind, detail: detail, since: now, site: site) }
    return address
  }

  func end(_ child: UInt) {
    waits.withLock { $0[child] = nil }
  }

  /// How many wait.
  var count: Int { waits.ifMade { $0.count } ?? 0 }

  func read(_ child: UInt) -> WaitCell.Content? {
    guard let entry = waits.ifMade({ $0[child] }) ?? nil else { return nil }
    return WaitCell.Content(
      kind: entry.kind, detail: entry.detail, since: entry.since,
      place: entry.site.map { WaitPlace($0) })
  }
}
