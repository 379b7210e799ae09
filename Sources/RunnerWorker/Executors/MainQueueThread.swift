private import CRunnerRuntime
private import Glibc
private import RunnerCore

/// What the process's main thread does: it serves Swift's main queue, `DispatchQueue.main`.
enum MainQueueThread {
  /// Serves the queue for ever, each time in the main actor's turn; the main thread only.
  static func serve() -> Never {
    guard runner_main_queue_is_available() else {
      while true { pause() }
    }
    let descriptor = runner_main_queue_descriptor()
    while true {
      MainActorTurn.take { runner_main_queue_drain() }
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      while poll(&entry, 1, -1) < 0 {}
      runner_eventfd_clear(descriptor)
    }
  }
}
