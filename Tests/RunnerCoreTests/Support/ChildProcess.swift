import CRunnerRuntime
import Glibc
import RunnerCore

/// A child process whose standard output is read a line at a time.
final class ChildProcess {
  enum Ending: Equatable {
    case exited(Int32)
    case signalled(Int32)
  }

  let id: pid_t
  private let output: Int32
  private var buffer: [UInt8] = []

  /// The path of a program that lies beside the one that runs the tests.
  static func path(of name: String) -> String {
    var own = [CChar](repeating: 0, count: 4096)
    _ = readlink("/proc/self/exe", &own, own.count - 1)
    let path = own.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
    return path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/" + name
  }

  /// Starts a program that lies beside the one that runs the tests, all signals at their defaults,
  /// with its environment changed by `environment`.
  init(_ name: String, _ arguments: String..., environment: [String] = []) throws {
    let program = Self.path(of: name)
    var ends: [Int32] = [0, 0]
    _ = pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGTERM] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
      Glibc.close(ends[1])
    }
    var child: pid_t = 0
    var argv = ([program] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) }
    for index in 0... {
      guard let variable = environ[index] else { break }
      variables.append(strdup(variable))
    }
    variables.append(nil)
    let error = posix_spawn(&child, program, &actions, &attributes, &argv, variables)
    for text in argv + variables { free(text) }
    guard error == 0 else {
      Glibc.close(ends[0])
      throw RunnerError(.system, "'\(program)' did not start: \(String(cString: strerror(error))).")
    }
    id = child
    output = ends[0]
  }

  deinit { Glibc.close(output) }

  /// Returns the next line of output, or `nil` at its end.
  ///
  /// A child that is silent for 30 s is killed.
  func nextLine() -> String? {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        defer { buffer.removeSubrange(...end) }
        return String(decoding: buffer[..<end], as: UTF8.self)
      }
      var input = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      if poll(&input, 1, 30_000) == 0 { kill(id, SIGKILL) }
      var bytes = [UInt8](repeating: 0, count: 1024)
      let count = read(output, &bytes, bytes.count)
      if count <= 0 { return nil }
      buffer += bytes[..<count]
    }
  }

  /// The lines up to `last`, and that one; or up to the end of the output.
  func lines(to last: String? = nil) -> [String] {
    var lines: [String] = []
    while let line = nextLine() {
      lines.append(line)
      if line == last { break }
    }
    return lines
  }

  /// Sends a signal and returns once the process has taken it or is gone.
  func send(_ signal: Int32) {
    kill(id, signal)
    let bit = UInt64(1) << UInt64(signal - 1)
    while pendingSignals() & bit != 0 { sched_yield() }
  }

  /// Waits for the end of the output, then of the process.
  func wait() -> Ending {
    while nextLine() != nil {}
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    return status & 0x7f == 0 ? .exited((status >> 8) & 0xff) : .signalled(status & 0x7f)
  }

  /// The signals that were sent to the process as a whole and are not delivered yet.
  private func pendingSignals() -> UInt64 {
    guard let file = fopen("/proc/\(id)/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 512)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = line.withUnsafeBufferPointer { buffer in
        String(
          decoding: buffer.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:)),
          as: UTF8.self)
      }
      if text.hasPrefix("State:"), text.contains("Z") { return 0 }
      if text.hasPrefix("ShdPnd:") {
        return UInt64(text.dropFirst(7).drop { $0 == "\t" || $0 == " " }, radix: 16) ?? 0
      }
    }
    return 0
  }
}
