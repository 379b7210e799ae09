private import CProgramHooks
private import CRunnerRuntime
private import Glibc
private import RunnerCore
private import RunnerMonitor

/// What the worker process does: it serves one session over a descriptor and ends with it.
package enum WorkerMain {
  /// The descriptor over which the front end that started the process speaks to it.
  package static let descriptor: Int32 = 3

  /// The note that something which was printed is lost.
  package static let outputLost =
    "Standard output cannot be written: it is closed, or its disk is full. What was printed is lost."

  /// Serves until the front end is gone; never returns.
  ///
  /// With `endsWithReader` the process ends also when nobody reads its output any more. Without it a person is
  /// at the prompt, and what their first cell needs is prepared while they type it. Runs may read `terminal`
  /// as their standard input, and take no more memory than `memoryLimit`.
  ///
  /// - Throws: `RunnerError` when the descriptor cannot be served.
  package static func run(
    descriptor: Int32 = descriptor, source: any CoroutineSource, cells: (any SwiftSource)?,
    version: String, endsWithReader: Bool, terminal: LentTerminal? = nil,
    memoryLimit: MemoryLimit? = nil
  ) throws -> Never {
    // Lines reach the front end as they are printed, also through a pipe.
    runner_use_line_buffering()
    runner_set_process_name("runner-worker")
    // Before the first thread, which inherits what is blocked.
    LentTerminal.leaveKeysToFrontEnd()
    let descriptor = PrivateDescriptors.guarding(descriptor)
    memoryLimit?.apply()
    CrashReporter.start()
    program_hooks_tidy_messages()
    ThrowWatch.install()
    PlainSwiftExecutors.install()
    signal(SIGPIPE, endsWithReader ? SIG_DFL : SIG_IGN)
    let session = WorkerSession(source: source, cells: cells, terminal: terminal)
    let server = try MonitorServer(
      descriptor: descriptor, controller: session,
      program: MonitorProgram(name: "runner-repl worker", version: version),
      onHello: { peer in
        // A worker that takes the place of a dead one goes on with its numbers.
        if let first = peer.firstTaskNumber { TaskID.skip(to: first) }
        if let first = peer.firstJobNumber { session.withJobs { $0.skip(to: first) } }
      })
    session.onEvent = { server.send($0) }
    if !endsWithReader { cells?.warmUp() }
    try NamedThread.start("worker-output") { program_hooks_show_partial_lines() }
    try NamedThread.start("worker-end") {
      server.waitUntilDisconnected()
      // Loops may be stuck in user code: nothing is awaited, the process ends.
      _exit(0)
    }
    MainQueueThread.serve()
  }
}
