private import CRunnerRuntime
private import Synchronization

/// The right to execute code of the main actor, which one thread has at a time.
///
/// For programs in which several loops execute such code, each that of its own tasks: who has the turn
/// is the main actor, whatever thread it is.
package enum MainActorTurn {
  private static let lock = LockedValue(false)
  private static let holder = Atomic<Int32>(0)

  /// Whether the calling thread has the turn.
  package static var isHere: Bool { holder.load(ordering: .relaxed) == runner_thread_id() }

  /// Executes `body` as the main actor; waits while another thread is it.
  package static func take(_ body: () -> Void) {
    if isHere { return body() }
    lock.withLock { _ in
      holder.store(runner_thread_id(), ordering: .relaxed)
      defer { holder.store(0, ordering: .relaxed) }
      body()
    }
  }
}
