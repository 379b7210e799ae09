internal import Synchronization

/// A value behind a lock, both of which take memory from the first use on only; begins as the empty one.
///
/// For what few of very many owners ever use.
struct LateValue<Value: Emptiable>: ~Copyable, @unchecked Sendable {
  private final class Box {
    let value = LockedValue(Value())
  }

  private let cell = Atomic<Unmanaged<Box>?>(nil)

  deinit { cell.load(ordering: .acquiring)?.release() }

  /// Runs `body` while no other thread does; `body` must not lock the same value again.
  @inline(__always)
  func withLock<R, E: Error>(_ body: (inout Value) throws(E) -> R) throws(E) -> R {
    if let box = cell.load(ordering: .acquiring) {
      return try box._withUnsafeGuaranteedRef { $0.value }.withLock(body)
    }
    return try made().withLock(body)
  }

  /// The same, unless nobody has used the value yet: returns `nil` then.
  func ifMade<R>(_ body: (inout Value) -> R) -> R? {
    cell.load(ordering: .acquiring)?.takeUnretainedValue().value.withLock(body)
  }

  @inline(never)
  private func made() -> LockedValue<Value> {
    let box = Unmanaged.passRetained(Box())
    let (isOurs, earlier) = cell.compareExchange(
      expected: nil, desired: box, ordering: .acquiringAndReleasing)
    guard !isOurs, let earlier else { return box.takeUnretainedValue().value }
    // Another thread was faster.
    box.release()
    return earlier.takeUnretainedValue().value
  }
}
