import Glibc
import RunnerCore
import RunnerWire

/// Reads all that comes from a worker, on one thread, until the process is gone.
final class WorkerPump: Sendable {
  let client: MonitorClient
  private let processID: pid_t
  private let patience: Duration
  private let output: WorkerOutput
  private let onEnd: @Sendable (WorkerEnding) -> Void

  init(child: ProcessSpawner.Child, launch: WorkerLaunch, handlers: WorkerProcess.Handlers) {
    let output = WorkerOutput(child.output, onOutput: handlers.onOutput)
    self.output = output
    client = MonitorClient(
      connection: Connection(descriptor: child.socket), program: launch.program,
      firstTaskNumber: launch.firstTaskNumber, firstJobNumber: launch.firstJobNumber,
      handlers: MonitorClient.Handlers(
        beforeDispatch: { output.drain() }, onEvent: handlers.onEvent))
    processID = child.processID
    patience = launch.patience
    onEnd = handlers.onEnd
  }

  /// Starts the thread; `completion` is called on it after everything else.
  func start(completion: @escaping @Sendable (WorkerEnding) -> Void) throws(RunnerError) {
    var exit: Int32 = -1
    do {
      exit = try ExitWatcher.watch(processID)
      try NamedThread.start("worker-pump") { [exit] in
        let ending = self.run(exit)
        close(exit)
        self.onEnd(ending)
        completion(ending)
      }
    } catch {
      if exit >= 0 { close(exit) }
      client.connection.close()
      output.close()
      throw error
    }
  }

  // MARK: - The pump's thread

  private func run(_ exit: Int32) -> WorkerEnding {
    var reader = FrameReader()
    var isConnected = true
    var killTime: ContinuousClock.Instant?
    var wasForced = false
    while true {
      let ready = Self.poll(
        exit: exit, socket: isConnected ? client.connection.descriptor : -1,
        output: output.descriptor, until: wasForced ? nil : killTime)
      if ready.output { output.deliverReadable() }
      if ready.exit { break }
      if ready.socket, case .end = receive(&reader) {
        isConnected = false
        killTime = ContinuousClock.now + patience
      }
      if let killTime, !wasForced, killTime <= ContinuousClock.now {
        wasForced = true
        kill(-processID, SIGKILL)
        kill(processID, SIGKILL)
      }
    }
    // What the process left behind: messages, each after its output, then the rest of the output.
    while isConnected, case .bytes = receive(&reader) {}
    output.drain()
    let status = ExitWatcher.reap(processID)
    let ending = WorkerEnding(
      status: status, wasForced: wasForced && status == .signalled(SIGKILL),
      lastOutput: output.tail)
    client.lose(RunnerError(.connectionLost, ending.sentence))
    client.connection.close()
    output.close()
    return ending
  }

  /// Hands on a piece of what is in the socket.
  private func receive(_ reader: inout FrameReader) -> Connection.ReadResult {
    withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
      let result = client.connection.read(into: buffer, waits: false)
      if case .bytes(let count) = result {
        for frame in reader.receive(UnsafeRawBufferPointer(rebasing: buffer[..<count])) {
          client.dispatch(frame, limit: reader.limit)
        }
      }
      return result
    }
  }

  private static func poll(
    exit: Int32, socket: Int32, output: Int32, until time: ContinuousClock.Instant?
  ) -> (exit: Bool, socket: Bool, output: Bool) {
    var entries = [exit, socket, output].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    var timeout: Int32 = -1
    if let time {
      let (seconds, attoseconds) = (time - ContinuousClock.now).components
      let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1
      timeout = Int32(clamping: max(0, milliseconds))
    }
    guard Glibc.poll(&entries, nfds_t(entries.count), timeout) > 0 else {
      return (false, false, false)
    }
    return (entries[0].revents != 0, entries[1].revents != 0, entries[2].revents != 0)
  }
}
