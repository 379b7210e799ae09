import Glibc
package import RunnerCore

/// Threads that carry a name of at most 15 characters, for debuggers and `ps -T`.
package enum NamedThread {
  /// Runs `body` on a new thread, which ends with it; nobody joins it.
  ///
  /// - Throws: `RunnerError.system` when the system refuses another thread.
  package static func start(_ name: String, body: @escaping @Sendable () -> Void)
    throws(RunnerError)
  {
    let start = Unmanaged.passRetained(ThreadStart(name: name, body: body))
    let code = createThread(start.toOpaque())
    guard code == 0 else {
      start.release()
      throw .system("The thread '\(name)' cannot be started", code)
    }
  }
}

/// What a new thread does.
private final class ThreadStart {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }

  /// Names the calling thread through the file system; pthread's own call is not visible to Swift.
  func takeName() {
    let descriptor = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = write(descriptor, name, name.utf8.count)
    close(descriptor)
  }
}

/// Starts a detached thread that takes over a retained `ThreadStart`; returns 0 or an error number.
///
/// A function of the file: Swift 6.3.1 crashes on `pthread_create` inside a static method.
private func createThread(_ start: UnsafeMutableRawPointer) -> Int32 {
  var thread = pthread_t()
  let code = pthread_create(&thread, nil, enterThread, start)
  if code == 0 { pthread_detach(thread) }
  return code
}

private func enterThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  let start = Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue()
  start.takeName()
  start.body()
  return nil
}
