internal import CRunnerRuntime

/// How the memory of tasks is read.
package enum MemoryAccess: Hashable, Sendable {
  /// Plain loads. Only on the thread of the loop that runs the task, between two of its jobs, and
  /// only for tasks that are held and all of whose children run there too.
  case direct

  /// By the kernel: any address, from any thread, at any time. Some 20 times as expensive.
  case guarded

  var memory: runner_memory {
    switch self {
    case .direct: runner_memory_direct
    case .guarded: runner_memory_guarded
    }
  }
}
