internal import Glibc
private import RunnerCore

/// Runs a program of the toolchain and collects what it writes.
enum ToolProcess {
  struct Result {
    /// As `waitpid` tells it.
    var status: Int32
    /// What it wrote to both of its outputs.
    var output: String

    var isSuccess: Bool { status == 0 }
    var signal: Int32? { status & 0x7F == 0 ? nil : status & 0x7F }
  }

  /// Runs it to its end, when it is patient after all else that the machine has to do; blocks the calling
  /// thread.
  ///
  /// - Throws: `CellError.cancelled`, or `.failed` when the system refuses to start it.
  static func run(
    _ command: [String], environment: [String: String], control: BuildControl,
    isPatient: Bool = false
  ) throws(CellError) -> Result {
    if control.isCancelled { throw cancelled }
    let start = spawning.withLock { _ in startLocked(command, environment) }
    guard start.code == 0 else { throw refused(command, start.code) }
    defer { close(start.output) }
    let process = start.process
    if isPatient { setpriority(Int32(PRIO_PROCESS.rawValue), id_t(process), 10) }
    control.begin(process)
    let output = readAll(start.output)
    let status = control.end(process)
    if control.isCancelled { throw cancelled }
    return Result(status: status, output: output)
  }

  /// Held while a pipe exists that another child must not inherit.
  private static let spawning = LockedValue(())

  private struct Start {
    var process = pid_t()
    /// Where its output can be read.
    var output: Int32 = -1
    /// Why it did not start.
    var code: Int32 = 0
  }

  private static func startLocked(
    _ command: [String], _ environment: [String: String]
  ) -> Start {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return Start(code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var start = Start(output: ends[0])
    start.code = spawn(
      command, environment, input: nil, output: ends[1], errors: ends[1], &start.process)
    close(ends[1])
    if start.code != 0 { close(ends[0]) }
    return start
  }

  /// Starts a program that is to answer over a socket, which it has for its input and its output; the caller
  /// owns our end of it, and has to reap the process.
  ///
  /// - Returns: `nil` when the system refuses.
  static func startAnswering(
    _ command: [String], environment: [String: String]
  ) -> (process: pid_t, socket: Int32)? {
    spawning.withLock { _ in
      var ends: [Int32] = [-1, -1]
      guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { return nil }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      var process = pid_t()
      let code = spawn(
        command, environment, input: ends[1], output: ends[1], errors: nil, &process)
      close(ends[1])
      if code == 0 { return (process, ends[0]) }
      close(ends[0])
      return nil
    }
  }

  static let cancelled = CellError(.cancelled, "The cell was cancelled before it was compiled.")

  private static func refused(_ command: [String], _ code: Int32) -> CellError {
    CellError(
      .failed, "'\(command[0])' cannot be started: \(String(cString: strerror(code))).")
  }

  private static func readAll(_ descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count > 0 {
        bytes += buffer[..<count]
      } else if count == 0 || errno != EINTR {
        return String(decoding: bytes, as: UTF8.self)
      }
    }
  }

  /// A group of its own, and default signals: Ctrl-C at the prompt is not meant for it.
  ///
  /// Where there is no descriptor it reads nothing, and what it writes goes nowhere.
  private static func spawn(
    _ command: [String], _ environment: [String: String], input: Int32?, output: Int32,
    errors: Int32?, _ process: inout pid_t
  ) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, number) in [(input, Int32(0)), (output, 1), (errors, 2)] {
      if let descriptor {
        posix_spawn_file_actions_adddup2(&actions, descriptor, number)
      } else {
        posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
      }
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))

    let arguments = command.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    let variables = environment.map { strdup("\($0.key)=\($0.value)") }
    defer { for variable in variables { free(variable) } }
    return posix_spawn(
      &process, command[0], &actions, &attributes, arguments + [nil], variables + [nil])
  }
}
