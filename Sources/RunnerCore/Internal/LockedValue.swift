private import CRunnerRuntime
private import Glibc

/// A value behind a lock; copies share both.
///
/// A `pthread_mutex_t` and not `Synchronization.Mutex`: ThreadSanitizer does not see what the
/// latter's slow path acquires and reports races that are none, and the core's tests must pass it.
/// Lock and value live in one allocation. The lock is an adaptive one: who finds it taken looks again for a
/// moment before the system is asked to wait, because most have it for no longer.
package struct LockedValue<Value>: @unchecked Sendable {
  private final class Storage: ManagedBuffer<Lock, Value> {
    deinit {
      withUnsafeMutablePointers { lock, value in
        pthread_mutex_destroy(&lock.pointee.mutex)
        // Not specialized: what needs no end is not looked up for it.
        if !_isPOD(Value.self) { value.deinitialize(count: 1) }
      }
    }
  }

  /// The mutex, in a type that the compiler can name without C's module.
  private struct Lock {
    var mutex = pthread_mutex_t()
  }

  private let storage: ManagedBuffer<Lock, Value>

  package init(_ value: Value) {
    storage = Storage.create(minimumCapacity: 1) { _ in Lock() }
    storage.withUnsafeMutablePointers { lock, element in
      runner_initialize_mutex(&lock.pointee.mutex)
      element.initialize(to: value)
    }
  }

  /// Runs `body` while no other thread does; `body` must not lock the same value again.
  @inline(__always)
  package func withLock<R, E: Error>(_ body: (inout Value) throws(E) -> R) throws(E) -> R {
    try storage.withUnsafeMutablePointers { lock, value throws(E) -> R in
      pthread_mutex_lock(&lock.pointee.mutex)
      defer { pthread_mutex_unlock(&lock.pointee.mutex) }
      return try body(&value.pointee)
    }
  }

  /// Runs `body` unless another thread holds the lock; returns `nil` then.
  @inline(__always)
  package func withLockIfAvailable<R, E: Error>(
    _ body: (inout Value) throws(E) -> R
  ) throws(E) -> R? {
    try storage.withUnsafeMutablePointers { lock, value throws(E) -> R? in
      guard pthread_mutex_trylock(&lock.pointee.mutex) == 0 else { return nil }
      defer { pthread_mutex_unlock(&lock.pointee.mutex) }
      return try body(&value.pointee)
    }
  }
}
