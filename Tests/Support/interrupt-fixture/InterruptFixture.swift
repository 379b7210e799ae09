import Glibc
import RunnerCore

/// Runs the scenario that its argument names and prints what came out, a line at a time.
@main enum InterruptFixture {
  static func main() throws {
    let scenarios = [
      scenarios, soundnessScenarios, runtimeScenarios, signalScenarios, mainActorScenarios,
    ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    guard CommandLine.arguments.count == 2, let scenario = scenarios[CommandLine.arguments[1]]
    else {
      say("unknown scenario; there are: \(scenarios.keys.sorted().joined(separator: " "))")
      exit(2)
    }
    try scenario()
  }
}

struct Failure: Error {}

/// Writes a line at once.
func say(_ line: String) {
  (line + "\n").withCString { _ = write(STDOUT_FILENO, $0, strlen($0)) }
}

/// Says `word` as soon as the loop waits for something, after at least `iterations` of it.
func announce(_ word: String, when loop: EventLoop, after iterations: UInt64 = 0) {
  onThread {
    while loop.phase != .waiting || loop.iterations < iterations { sched_yield() }
    say(word)
  }
}

/// Runs `body` on a thread of its own that nobody joins.
func onThread(_ body: @escaping () -> Void) {
  final class Box {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  let argument = Unmanaged.passRetained(Box(body)).toOpaque()
  pthread_create(
    &thread, nil,
    { argument in
      guard let argument else { return nil }
      Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
      return nil
    }, argument)
  pthread_detach(thread)
}

/// Runs a main task and says how the run ended.
func tell(_ runner: Runner, _ body: sending @escaping () async throws -> String) {
  do {
    say("value: \(try runner.run(body))")
  } catch {
    say("error: \(type(of: error)): \(error)")
  }
}

/// The handler that the user's code installs in the scenarios about dispositions.
let handler: @convention(c) (Int32) -> Void = { _ in
  let line: StaticString = "handler\n"
  _ = write(STDOUT_FILENO, line.utf8Start, line.utf8CodeUnitCount)
  _ = write(handlerPipe.writing, line.utf8Start, 1)
}

/// What the handler writes a byte to, so that a task can wait for it.
let handlerPipe: (reading: Int32, writing: Int32) = {
  var ends: [Int32] = [0, 0]
  _ = pipe(&ends)
  return (ends[0], ends[1])
}()

/// The disposition of a signal, in a word.
func disposition(of signal: Int32 = SIGINT) -> String {
  var action = sigaction()
  sigaction(signal, nil, &action)
  let current = unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self)
  if current == 0 { return "default" }
  if current == 1 { return "ignored" }
  return current == unsafeBitCast(handler, to: UInt.self) ? "user's" : "other"
}
