import Foundation
import Glibc
import TerminalTesting

/// One run of the program without a terminal, its two outputs kept apart.
///
/// All waits are for facts and have an end:
///
///     let result = try Batch("-c", "run countdown(1)").finish()
///     #expect(result.status == 0 && result.output == "1\nliftoff\n")
///
/// Used on one thread.
final class Batch {
  /// What came of a run.
  struct Result {
    /// The exit code, or 128 + the signal that ended the program.
    var status: Int32
    var output: String
    var errors: String
  }

  /// What the program reads.
  enum Input {
    /// `/dev/null`.
    case none
    /// A pipe with all of this in it, and then its end.
    case bytes([UInt8])
    /// A pipe that stays open until `endInput`.
    case open

    static func text(_ text: String) -> Input { .bytes(Array(text.utf8)) }
  }

  static let program = PseudoTerminal.product("runner-repl")

  let processID: pid_t
  let home: Home
  private var input: Int32 = -1
  private var pending: ArraySlice<UInt8> = []
  private var keepsInputOpen = false
  /// Where the program writes: its output and its errors; -1 after the end of each.
  private var ends: [Int32] = [-1, -1]
  private var bytes: [[UInt8]] = [[], []]
  private var status: Int32?

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - arguments: What stands after its name.
  ///   - input: What it reads.
  ///   - home: Its home; its own unless given.
  ///   - environment: Variables that differ; nil takes one away.
  ///   - outputIsClosed: Whether nobody reads its standard output, as after `| head` has ended.
  ///   - redirection: What a shell is to do with its descriptors: `>&-`.
  /// - Throws: `Failure` when the system refuses.
  init(
    _ arguments: [String], input: Input = .none, home: Home? = nil,
    environment: [String: String?] = [:], outputIsClosed: Bool = false, redirection: String? = nil
  ) throws {
    let home = try home ?? Home()
    self.home = home
    var variables = home.environment
    for (name, value) in environment { variables[name] = value }
    let (outputReading, outputWriting) = try ChildProcess.pipe()
    let (errorsReading, errorsWriting) = try ChildProcess.pipe()
    let inputReading: Int32
    if case .none = input {
      inputReading = open("/dev/null", O_RDONLY | O_CLOEXEC)
    } else {
      (inputReading, self.input) = try ChildProcess.pipe()
      _ = fcntl(self.input, F_SETFL, O_NONBLOCK)
    }
    if outputIsClosed { close(outputReading) }
    defer { [inputReading, outputWriting, errorsWriting].forEach { close($0) } }
    let shell = redirection.map { ["-c", "exec \"$0\" \"$@\" \($0)", Self.program] }
    processID = try ChildProcess.start(
      shell == nil ? Self.program : "/bin/sh", (shell ?? []) + arguments, environment: variables,
      descriptors: [0: inputReading, 1: outputWriting, 2: errorsWriting])
    ends = [outputIsClosed ? -1 : outputReading, errorsReading]
    if case .bytes(let bytes) = input { pending = bytes[...] }
    if case .open = input { keepsInputOpen = true }
  }

  convenience init(_ arguments: String...) throws {
    try self.init(arguments)
  }

  deinit {
    if status == nil { ChildProcess.destroy(processID) }
    for descriptor in ends + [input] where descriptor >= 0 { close(descriptor) }
  }

  // MARK: - Acting

  func send(_ text: String) {
    pending += Array(text.utf8)
  }

  /// Ends the program's input after what was sent.
  func endInput() {
    keepsInputOpen = false
  }

  func signal(_ number: Int32) {
    kill(processID, number)
  }

  /// Stops reading the program's output, as `| head` does when it has enough.
  func closeOutput() {
    close(ends[0])
    ends[0] = -1
  }

  // MARK: - Waiting

  var output: String { String(decoding: bytes[0], as: UTF8.self) }
  var errors: String { String(decoding: bytes[1], as: UTF8.self) }

  /// Waits until the program has written a text to its output.
  func waitForOutput(_ text: String, seconds: Double = 20) throws {
    try wait(for: "'\(text)' on stdout", seconds: seconds) { output.contains(text) }
  }

  /// Waits until the program has written a text to its errors.
  func waitForErrors(_ text: String, seconds: Double = 20) throws {
    try wait(for: "'\(text)' on stderr", seconds: seconds) { errors.contains(text) }
  }

  /// Waits for the worker that the program started, or started anew, and returns its number.
  func waitForWorker(otherThan old: pid_t? = nil) throws -> pid_t {
    var found: pid_t?
    try wait(for: "a worker", seconds: 20) {
      found = ChildProcess.children(of: processID).first { $0 != old }
      return found != nil
    }
    guard let found else { throw Failure("no worker") }
    return found
  }

  /// Waits for the end of the program and of all that it writes.
  func finish(seconds: Double = 30) throws -> Result {
    try wait(for: "the program's end", seconds: seconds) {
      if status == nil { status = ChildProcess.collect(processID) }
      return status != nil && ends.allSatisfy { $0 < 0 }
    }
    return Result(status: status ?? -1, output: output, errors: errors)
  }

  private func wait(for what: String, seconds: Double, _ condition: () -> Bool) throws {
    let end = ContinuousClock.now + .seconds(seconds)
    while !condition() {
      guard ContinuousClock.now < end else {
        throw Failure(
          "timed out waiting for \(what)\nstdout: \(output.suffix(2000))\n"
            + "stderr: \(errors.suffix(2000))")
      }
      pump(milliseconds: 20)
    }
  }

  /// Writes what the program takes, and reads what it has written.
  private func pump(milliseconds: Int32) {
    if pending.isEmpty, !keepsInputOpen, input >= 0 { closeInput() }
    let wantsToWrite = input >= 0 && !pending.isEmpty
    var entries = ends.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    entries.append(pollfd(fd: wantsToWrite ? input : -1, events: Int16(POLLOUT), revents: 0))
    guard poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { return }
    for index in 0..<2 where entries[index].revents != 0 { read(index) }
    if entries[2].revents != 0 { write() }
  }

  private func read(_ index: Int) {
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = Glibc.read(ends[index], &buffer, buffer.count)
    if count > 0 {
      bytes[index] += buffer[..<count]
    } else if count == 0 || errno != EINTR {
      close(ends[index])
      ends[index] = -1
    }
  }

  private func write() {
    let count = pending.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
    if count > 0 {
      pending = pending.dropFirst(count)
    } else if errno != EAGAIN, errno != EINTR {
      closeInput()
    }
  }

  private func closeInput() {
    close(input)
    input = -1
    pending = []
  }
}
