internal import RunnerCore

/// Where callers wait that may be sent away: each with a latch that what it waits for opens.
final class WaitRoom: Sendable {
  private struct State {
    var present: [ObjectIdentifier: Latch] = [:]
    var dismissed = Set<ObjectIdentifier>()
  }

  private let state = LockedValue(State())

  /// Waits until the latch is open, at most for `limit`.
  ///
  /// - Throws: `RunnerError.abandoned` when `dismissAll` was called meanwhile.
  func wait(for latch: Latch, limit: Duration?) throws {
    let key = ObjectIdentifier(latch)
    state.withLock { $0.present[key] = latch }
    _ = latch.wait(limit: limit)
    let wasDismissed = state.withLock { state in
      state.present[key] = nil
      return state.dismissed.remove(key) != nil
    }
    if wasDismissed {
      throw RunnerError(.abandoned, "The wait was given up; what it waited for goes on.")
    }
  }

  /// Sends everybody away who waits now.
  func dismissAll() {
    let latches = state.withLock { state in
      state.dismissed.formUnion(state.present.keys)
      return Array(state.present.values)
    }
    for latch in latches { latch.open() }
  }
}
