import FoundationEssentials
import Glibc
import RunnerCore
import Synchronization

/// Starts a process with a socket as its descriptor 3 and nothing else of the parent's.
enum ProcessSpawner {
  /// A process, and the parent's ends of what connects it.
  struct Child {
    var processID: pid_t
    var socket: Int32
    /// What it writes; `nil` when that is not captured.
    var output: Int32?
  }

  /// The number under which the child finds its end of the socket.
  static let socketNumber: Int32 = 3

  /// The number under which the child finds a terminal that is lent to it.
  static let terminalNumber: Int32 = 4

  /// Held while descriptors exist that two children must not both inherit.
  private static let spawning = Mutex<Void>(())

  /// Starts the process; its signals are the default ones, and so are its mask and a group of its own unless it
  /// may read the parent's terminal.
  ///
  /// - Throws: `RunnerError.system` when the system refuses.
  static func start(_ launch: WorkerLaunch) throws(RunnerError) -> Child {
    let result = spawning.withLock { _ in
      Result { () throws(RunnerError) in try startLocked(launch) }
    }
    return try result.get()
  }

  private static func startLocked(_ launch: WorkerLaunch) throws(RunnerError) -> Child {
    var opened: [Int32] = []
    do {
      let (ours, theirs) = try openSocketPair(&opened)
      let pipe = launch.output == .captured ? try openPipe(&opened) : nil
      let processID = try spawn(launch, socket: theirs, output: pipe?.writing)
      close(theirs)
      if let pipe { close(pipe.writing) }
      return Child(processID: processID, socket: ours, output: pipe?.reading)
    } catch {
      for descriptor in opened { close(descriptor) }
      throw error
    }
  }

  private static func openSocketPair(
    _ opened: inout [Int32]
  ) throws(RunnerError) -> (ours: Int32, theirs: Int32) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw .system("No socket pair can be made for the worker", errno)
    }
    let ours = try moveUp(ends[0], &opened)
    return (ours, try moveUp(ends[1], &opened))
  }

  private static func openPipe(
    _ opened: inout [Int32]
  ) throws(RunnerError) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw .system("No pipe can be made for the worker", errno)
    }
    let reading = try moveUp(ends[0], &opened)
    return (reading, try moveUp(ends[1], &opened))
  }

  /// Moves a descriptor above those that the child uses, and keeps it from being inherited.
  ///
  /// So no descriptor is in the way of another while the child sorts its own, whatever numbers
  /// were free in this process.
  private static func moveUp(
    _ descriptor: Int32, _ opened: inout [Int32]
  ) throws(RunnerError) -> Int32 {
    let moved = fcntl(descriptor, F_DUPFD_CLOEXEC, terminalNumber + 1)
    let code = errno
    close(descriptor)
    guard moved >= 0 else { throw .system("No descriptor is left for the worker", code) }
    opened.append(moved)
    return moved
  }

  private static func spawn(
    _ launch: WorkerLaunch, socket: Int32, output: Int32?
  ) throws(RunnerError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if launch.input == .lent { posix_spawn_file_actions_adddup2(&actions, 0, terminalNumber) }
    if launch.input != .inherited {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output, 1)
      posix_spawn_file_actions_adddup2(&actions, output, 2)
    }
    posix_spawn_file_actions_adddup2(&actions, socket, socketNumber)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    var flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    if launch.input != .none, isatty(0) == 1 {
      // Only the foreground group may read a terminal; what its keys signal comes to both then.
      for signal in [SIGINT, SIGQUIT, SIGTSTP] { sigaddset(&signals, signal) }
    } else {
      flags |= POSIX_SPAWN_SETPGROUP
    }
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(flags))

    let environment = launch.environment ?? ProcessInfo.processInfo.environment
    var processID = pid_t()
    let code = withStrings([launch.path] + launch.arguments) { arguments in
      withStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
        posix_spawn(&processID, launch.path, &actions, &attributes, arguments, environment)
      }
    }
    guard code == 0 else { throw .system("The worker '\(launch.path)' cannot be started", code) }
    return processID
  }

  private static func withStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
