import Foundation
import Glibc
import RunnerCore
import RunnerMonitor
import Testing

@Suite(.timeLimit(.minutes(1))) struct WorkerProcessTests {
  private static let program = MonitorProgram(name: "test", version: "1")

  /// The beginning of a shell script that speaks the protocol: `answer N` replies to request N.
  private static let speaking = #"""
    printf '%s\n' '{"hello":{"protocol":"runner-wire","version":1,"program":"sh","programVersion":"0","pid":1}}' >&3
    read -r hello <&3
    answer() { printf '{"id":%s,"result":{"interrupt":{"kind":"nothingRunning"}}}\n' "$1" >&3; }

    """#

  private let output = Recorder<Data>()
  private let endings = Recorder<String>()

  private func launch(
    _ script: String, _ arguments: [String] = [], patience: Duration = .seconds(20)
  ) -> WorkerLaunch {
    WorkerLaunch(
      path: "/bin/sh", arguments: ["-c", script, "worker"] + arguments, program: Self.program,
      patience: patience)
  }

  private func start(_ launch: WorkerLaunch) throws -> WorkerProcess {
    try WorkerProcess(
      launch,
      handlers: WorkerProcess.Handlers(
        onOutput: { [output] in output.record($0) },
        onEvent: { [output] in output.record(Data("\($0)".utf8)) },
        onEnd: { [endings, output] in
          endings.record("\($0.sentence) after \(output.elements().count > 0)")
        }))
  }

  private var text: String {
    String(decoding: output.elements().reduce(Data(), +), as: UTF8.self)
  }

  // MARK: - Output

  @Test func `output and errors arrive in the order in which they were written`() throws {
    let worker = try start(launch("echo a; echo b >&2; echo c; printf d >&2"))
    let ending = worker.waitUntilEnd()
    #expect(text == "a\nb\nc\nd")
    #expect(ending.status == .exited(0))
    #expect(String(decoding: ending.lastOutput, as: UTF8.self) == "a\nb\nc\nd")
    #expect(endings.elements() == ["The worker has ended. after true"])
  }

  @Test func `all output arrives and the last of it is kept`() throws {
    let worker = try start(launch("head -c 1000000 /dev/zero; printf end"))
    let ending = worker.waitUntilEnd()
    #expect(output.elements().reduce(0) { $0 + $1.count } == 1_000_003)
    #expect(ending.lastOutput.count == 2048)
    #expect(ending.lastOutput.suffix(4) == Data([0]) + Data("end".utf8))
  }

  @Test func `output arrives before the reply that follows it`() throws {
    let worker = try start(
      launch(
        Self.speaking
          + "n=0; while read -r line <&3; do n=$((n+1)); echo line $n; answer $n; done"))
    for number in 1...100 {
      #expect(try worker.client.interrupt("main") == .nothingRunning)
      #expect(text.hasSuffix("line \(number)\n"))
    }
    #expect(worker.terminate().status == .exited(0))
  }

  @Test func `a worker that never stops writing does not delay its replies`() throws {
    let worker = try start(
      launch(Self.speaking + "yes & read -r line <&3; answer 1; wait", patience: .milliseconds(1)))
    #expect(try worker.client.interrupt("main") == .nothingRunning)
    #expect(worker.terminate().wasForced)
  }

  @Test func `an event that the worker sends before it ends arrives before its end`() throws {
    let worker = try start(
      launch(
        Self.speaking + #"printf 'out '; echo '{"event":"note","text":"bye"}' >&3; exit 0"#))
    _ = worker.waitUntilEnd()
    #expect(text == "out \(MonitorEvent.note("bye"))")
  }

  // MARK: - The end

  @Test(arguments: [
    ("exit 3", WorkerEnding.Status.exited(3), "The worker exited with code 3."),
    (
      "kill -9 $$", .signalled(9),
      "The worker was killed by SIGKILL (9); perhaps the system was out of memory."
    ),
    ("kill -SEGV $$", .signalled(11), "The worker was killed by SIGSEGV (11)."),
    ("kill -INT $$", .signalled(2), "The worker was killed by SIGINT (2)."),
  ])
  func `the end is told as it was`(
    script: String, status: WorkerEnding.Status, sentence: String
  ) throws {
    let worker = try start(launch("echo last words; " + script))
    let ending = worker.waitUntilEnd()
    #expect(ending.status == status)
    #expect(ending.sentence == sentence)
    #expect(ending.lastOutput == Data("last words\n".utf8))
    #expect(worker.terminate() == ending)
  }

  @Test func `a call in progress fails with how the worker ended, and so does a later one`() throws
  {
    let worker = try start(launch(Self.speaking + "read -r line <&3; kill -9 $$"))
    let expected = RunnerError(
      .connectionLost, "The worker was killed by SIGKILL (9); perhaps the system was out of memory."
    )
    #expect(throws: expected) { try worker.client.interrupt("main") }
    #expect(throws: expected) { try worker.client.runners() }
  }

  @Test func `an idle worker that is killed from outside is noticed`() throws {
    let worker = try start(launch("exec sleep 1000"))
    kill(worker.processID, SIGKILL)
    #expect(
      worker.waitUntilEnd().sentence
        == "The worker was killed by SIGKILL (9); perhaps the system was out of memory.")
    #expect(
      endings.elements() == [
        "The worker was killed by SIGKILL (9); perhaps the system was out of memory. after false"
      ])
  }

  @Test func `a worker ends by itself when its connection does, and none is left`() throws {
    let worker = try start(launch("cat <&3 >/dev/null; exit 5"))
    let ending = worker.terminate()
    #expect(ending.status == .exited(5))
    #expect(!ending.wasForced)
    #expect(waitpid(worker.processID, nil, WNOHANG) == -1)
    #expect(errno == ECHILD)
  }

  @Test func `a worker that does not end in time is killed, and none is left`() throws {
    let worker = try start(
      launch("trap '' TERM INT HUP; while :; do sleep 1000; done", patience: .milliseconds(20)))
    let ending = worker.terminate()
    #expect(ending.status == .signalled(SIGKILL))
    #expect(
      ending.sentence == "The worker did not end when it was asked to, and was killed.")
    #expect(waitpid(worker.processID, nil, WNOHANG) == -1)
  }

  @Test func `a worker that closes its connection and stays is killed`() throws {
    let worker = try start(launch("exec 3>&-; exec sleep 1000", patience: .milliseconds(20)))
    #expect(worker.waitUntilEnd().wasForced)
  }

  @Test func `a child of the worker that keeps its output open does not delay the end`() throws {
    let worker = try start(launch("sleep 1000 & echo started; exit 4"))
    #expect(worker.waitUntilEnd().status == .exited(4))
    #expect(text == "started\n")
    kill(-worker.processID, SIGKILL)
  }

  // MARK: - What the worker finds

  @Test func `descriptor 3 is the socket and standard input is empty`() throws {
    let worker = try start(launch("cat; readlink /proc/$$/fd/0 /proc/$$/fd/3"))
    _ = worker.waitUntilEnd()
    #expect(text.hasPrefix("/dev/null\nsocket:["))
  }

  @Test func `the worker leads a process group of its own`() throws {
    let worker = try start(launch("cut -d' ' -f5 /proc/$$/stat"))
    _ = worker.waitUntilEnd()
    #expect(text == "\(worker.processID)\n")
  }

  @Test func `no signal is blocked or ignored`() throws {
    var blocked = sigset_t()
    var former = sigset_t()
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGUSR1)
    pthread_sigmask(SIG_BLOCK, &blocked, &former)
    defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
    let worker = try start(launch("exec grep -E 'Sig(Blk|Ign)' /proc/self/status"))
    _ = worker.waitUntilEnd()
    let masks = text.split(separator: "\n").compactMap {
      UInt64($0.split(separator: "\t")[1], radix: 16)
    }
    // Signals 32 and 33 belong to the C library, which ignores them until it needs them.
    #expect(masks.map { $0 & ~(0b11 << 31) } == [0, 0])
  }

  @Test func `arguments, environment and the first task number arrive`() throws {
    var launch = launch("echo $1 $COLOUR; read -r hello <&3; echo $hello", ["one two"])
    launch.environment = ["COLOUR": "blue"]
    launch.firstTaskNumber = 12
    let worker = try start(launch)
    _ = worker.waitUntilEnd()
    #expect(text.hasPrefix("one two blue\n"))
    #expect(text.contains("\"firstTaskNumber\":12"))
  }

  @Test func `output that is inherited goes where the parent's goes`() throws {
    let target = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/1")
    var launch = launch(#"[ "$(readlink /proc/$$/fd/1)" = "$1" ]"#, [target])
    launch.output = .inherited
    let ending = try start(launch).waitUntilEnd()
    #expect(ending.status == .exited(0))
    #expect(ending.lastOutput.isEmpty)
  }

  @Test func `an executable that is not there is a sentence`() {
    let error = #expect(throws: RunnerError.self) {
      try start(WorkerLaunch(path: "/nowhere/worker", program: Self.program))
    }
    #expect(error?.code == .system)
    #expect(
      error?.message
        == "The worker '/nowhere/worker' cannot be started: No such file or directory.")
  }

  @Test func `many workers at once keep their connections apart`() throws {
    let workers = try (1...8).map { number in
      try start(
        launch(
          Self.speaking + "read -r line <&3; echo \(number); answer 1; cat <&3; exit \(number)"))
    }
    for worker in workers { _ = try worker.client.interrupt("main") }
    for (index, worker) in workers.enumerated() {
      let ending = worker.terminate()
      #expect(ending.status == .exited(Int32(index + 1)))
      #expect(ending.lastOutput == Data("\(index + 1)\n".utf8))
    }
  }
}
