private import CRunnerRuntime

/// Swift's own "is cancelled", which a cancelled task would otherwise carry for the rest of its life.
///
/// asyncio delivers a request once, and a task that has caught it goes on undisturbed. Swift has no
/// call that takes its flag back, so this one reaches into the runtime, where `RuntimeReader` has
/// proven that it may. In its other tiers the flag stays, as `Docs/Explanation/cancellation.md` says.
enum CancellationFlag {
  /// Whether the flag can be taken back in this process.
  static let canClear = RuntimeReader.shared.tier == .full

  /// Takes the flag from the task at this address, which must be alive and whose layout is proven.
  static func clear(_ task: UnsafeCurrentTask) {
    runner_task_clear_cancelled(unsafeBitCast(task, to: UInt.self))
  }
}
