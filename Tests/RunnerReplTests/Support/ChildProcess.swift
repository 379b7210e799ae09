import Foundation
import Glibc
import Synchronization

/// Starts programs with nothing of the tests but what they are given.
enum ChildProcess {
  /// Writing to a program that has ended is an error here, and not the end of the tests.
  private static let ignoringPipeSignals: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

  /// Held while descriptors exist that a program started meanwhile would inherit.
  private static let spawning = Mutex<Void>(())

  /// Starts a program; `descriptors` says which of ours each of its descriptors is.
  ///
  /// Its signals are the default ones, it has a process group of its own, and no descriptor but
  /// those given, as far as all others are closed on exec.
  ///
  /// - Throws: `Failure` when the system refuses.
  static func start(
    _ path: String, _ arguments: [String], environment: [String: String],
    descriptors: [Int32: Int32]
  ) throws -> pid_t {
    _ = ignoringPipeSignals
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (theirs, ours) in descriptors.sorted(by: { $0.key < $1.key }) {
      posix_spawn_file_actions_adddup2(&actions, ours, theirs)
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
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    var pairs = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { (words + pairs).forEach { free($0) } }
    var processID = pid_t()
    let code = spawning.withLock { _ in
      posix_spawn(&processID, path, &actions, &attributes, &words, &pairs)
    }
    guard code == 0 else { throw Failure("\(path) cannot be started: \(code)") }
    return processID
  }

  /// A pipe whose ends are not inherited and lie above the descriptors that a program is given.
  static func pipe() throws -> (reading: Int32, writing: Int32) {
    try spawning.withLock { _ in
      var ends: [Int32] = [-1, -1]
      guard Glibc.pipe(&ends) == 0 else { throw Failure("no pipe: \(errno)") }
      return (try moveUp(ends[0]), try moveUp(ends[1]))
    }
  }

  /// Two connected stream sockets, in the same way.
  static func socketPair() throws -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Failure("no sockets: \(errno)") }
    return (try moveUp(ends[0]), try moveUp(ends[1]))
  }

  private static func moveUp(_ descriptor: Int32) throws -> Int32 {
    let moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 10)
    close(descriptor)
    guard moved >= 0 else { throw Failure("no descriptor: \(errno)") }
    return moved
  }

  /// How a process ended, if it has: its exit code, or 128 + the signal that ended it.
  static func collect(_ processID: pid_t) -> Int32? {
    var word: Int32 = 0
    guard waitpid(processID, &word, WNOHANG) == processID else { return nil }
    let signal = word & 0x7F
    return signal == 0 ? (word >> 8) & 0xFF : 128 + signal
  }

  /// Kills a process that has not been collected, and collects it.
  static func destroy(_ processID: pid_t) {
    kill(processID, SIGKILL)
    var ignored: Int32 = 0
    while waitpid(processID, &ignored, 0) < 0, errno == EINTR {}
  }

  /// The children of a process, as the kernel knows them.
  static func children(of processID: pid_t) -> [pid_t] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.filter { parent(of: $0) == processID }
  }

  /// The processes with SourceKit that a worker has started.
  static func completers(of worker: pid_t) -> [pid_t] {
    children(of: worker).filter {
      let line = try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8)
      return line?.contains("\0--completer\0") ?? false
    }
  }

  /// How often the main thread of a process has waited for something.
  static func mainThreadSwitches(of processID: pid_t) -> Int {
    status("voluntary_ctxt_switches", of: "\(processID)/task/\(processID)") ?? -1
  }

  /// The most memory that a process has had, in bytes.
  static func peakMemory(of processID: pid_t) -> Int {
    (status("VmHWM", of: "\(processID)") ?? 0) << 10
  }

  private static func status(_ name: String, of process: String) -> Int? {
    let text = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
    return line?.split(whereSeparator: { $0 == "\t" || $0 == " " }).dropFirst().first.flatMap {
      Int($0)
    }
  }

  /// The letter of what a process does, as `T` for stopped.
  static func state(of processID: pid_t) -> String? { fields(of: processID).first.map(String.init) }

  private static func parent(of processID: pid_t) -> pid_t? {
    let fields = fields(of: processID)
    return fields.count > 1 && fields[0] != "Z" ? pid_t(fields[1]) : nil
  }

  /// What the kernel's line on a process has after its name.
  private static func fields(of processID: pid_t) -> [Substring] {
    guard let text = try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8),
      // The name in parentheses may hold anything; what follows the last one is numbers.
      let end = text.lastIndex(of: ")")
    else { return [] }
    return text[text.index(after: end)...].split(separator: " ")
  }
}

/// Why a test could not go on.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
