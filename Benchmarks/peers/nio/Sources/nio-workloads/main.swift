import Glibc
import NIOCore
import NIOPosix

// SwiftNIO on one thread, its loop as the executor of Swift's tasks: NAME COUNT prints the nanoseconds of COUNT
// operations, wall and processor.

func nanoseconds(_ clock: clockid_t) -> Int64 {
  var time = timespec()
  clock_gettime(clock, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

func now() -> [Int64] { [CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID].map(nanoseconds) }

/// When what is measured began.
nonisolated(unsafe) var begun = now()

final class LoopExecutor: TaskExecutor, @unchecked Sendable {
  let loop: any EventLoop
  private lazy var reference = UnownedTaskExecutor(ordinary: self)

  init(_ loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { [self] in job.runSynchronously(on: reference) }
  }
}

final class Semaphore: @unchecked Sendable {
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(semaphore, 0, 0) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func signal() { sem_post(semaphore) }

  func wait() { while sem_wait(semaphore) != 0 {} }
}

/// Blocks the calling thread until `body` has ended on the loop.
func run(on executor: LoopExecutor, _ body: @escaping @Sendable () async -> Void) {
  let ended = Semaphore()
  Task(executorPreference: executor) {
    await body()
    ended.signal()
  }
  ended.wait()
}

func cycle(_ count: Int) throws {
  for _ in 0..<count {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    run(on: LoopExecutor(group.next())) {}
    try group.syncShutdownGracefully()
  }
}

let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
let executor = LoopExecutor(group.next())

func batches(_ count: Int, of size: Int) async {
  for _ in 0..<count / size {
    let tasks = (0..<size).map { _ in Task(executorPreference: executor) {} }
    for task in tasks { await task.value }
  }
}

func yields(_ count: Int, tasks: Int) async {
  let made = (0..<tasks).map { _ in
    Task(executorPreference: executor) { for _ in 0..<count / tasks { await Task.yield() } }
  }
  for task in made { await task.value }
}

/// A sleep on the loop's timers; only the loop's thread touches it.
final class Sleep: @unchecked Sendable {
  private var continuation: UnsafeContinuation<Void, Never>?
  private var timer: Scheduled<Void>?
  private var isCancelled = false

  func wait(_ time: TimeAmount) async {
    await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        if isCancelled { return continuation.resume() }
        self.continuation = continuation
        timer = executor.loop.scheduleTask(in: time) { self.end() }
      }
    } onCancel: {
      isCancelled = true
      timer?.cancel()
      end()
    }
  }

  private func end() {
    continuation?.resume()
    continuation = nil
  }
}

func timers(_ count: Int) async {
  let made = (0..<count).map { n in
    Task(executorPreference: executor) {
      await Sleep().wait(.microseconds(300_000 + Int64(n * 7_919 % 1_000) * 100))
    }
  }
  for task in made { await task.value }
}

func sleepers(_ count: Int) async -> [Task<Void, Never>] {
  let made = (0..<count).map { _ in
    Task(executorPreference: executor) { await Sleep().wait(.hours(1)) }
  }
  await Task(executorPreference: executor) {}.value
  return made
}

func cancel(_ count: Int) async {
  let made = await sleepers(count)
  begun = now()
  for task in made { task.cancel() }
  for task in made { await task.value }
}

func resident() -> Int {
  guard let file = fopen("/proc/self/statm", "r") else { return 0 }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  fgets(&line, 256, file)
  strtok(&line, " ")
  return Int(atol(strtok(nil, " "))) * Int(getpagesize())
}

func memory(_ count: Int) async {
  let before = resident()
  let made = await sleepers(count)
  print((resident() - before) / made.count)
  exit(0)
}

/// What one task waits for; only the loop's thread touches it.
final class Gate: @unchecked Sendable {
  private var isOpen = false
  private var continuation: UnsafeContinuation<Void, Never>?

  func open() {
    guard let continuation else { return isOpen = true }
    self.continuation = nil
    continuation.resume()
  }

  func pass() async {
    if isOpen { return isOpen = false }
    await withUnsafeContinuation { continuation = $0 }
  }
}

func hops(_ count: Int) async {
  let (ping, pong) = (Gate(), Gate())
  let other = Task(executorPreference: executor) {
    for _ in 0..<count / 2 {
      await ping.pass()
      pong.open()
    }
  }
  for _ in 0..<count / 2 {
    ping.open()
    await pong.pass()
  }
  await other.value
}

func queueHops(_ count: Int) async {
  let (pings, ping) = AsyncStream.makeStream(of: Int.self)
  let (pongs, pong) = AsyncStream.makeStream(of: Int.self)
  let other = Task(executorPreference: executor) { for await item in pings { pong.yield(item) } }
  var answers = pongs.makeAsyncIterator()
  for number in 0..<count / 2 {
    ping.yield(number)
    _ = await answers.next()
  }
  ping.finish()
  await other.value
}

func latency(_ count: Int) {
  let answer = Semaphore()
  for _ in 0..<count {
    executor.loop.execute { answer.signal() }
    answer.wait()
  }
}

func throughput(_ count: Int) {
  let answer = Semaphore()
  for _ in 1..<count { executor.loop.execute {} }
  executor.loop.execute { answer.signal() }
  answer.wait()
}

func threads(_ count: Int) async {
  for _ in 0..<count { _ = try? await NIOThreadPool.singleton.runIfActive {} }
}

final class Echo: ChannelInboundHandler, Sendable {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    context.write(data, promise: nil)
  }

  func channelReadComplete(context: ChannelHandlerContext) { context.flush() }
}

func serve() throws {
  let server = try ServerBootstrap(group: group)
    .childChannelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(Echo())
      }
    }
    .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    .bind(host: "127.0.0.1", port: 0).wait()
  print("PORT \(server.localAddress?.port ?? 0)")
  fflush(nil)
  try server.closeFuture.wait()
}

func workload(_ name: String, _ count: Int) throws {
  switch name {
  case "a_cycle": try cycle(count)
  case "b_run": for _ in 0..<count { run(on: executor) {} }
  case "c_seq": run(on: executor) { await batches(count, of: 1) }
  case "c_batch": run(on: executor) { await batches(count, of: count) }
  case "c_batch1k": run(on: executor) { await batches(count, of: 1_000) }
  case "d_yield_1": run(on: executor) { await yields(count, tasks: 1) }
  case "d_yield_10": run(on: executor) { await yields(count, tasks: 10) }
  case "d_yield_10000": run(on: executor) { await yields(count, tasks: 10_000) }
  case "e_timers", "e_timers_1m": run(on: executor) { await timers(count) }
  case "f_cancel": run(on: executor) { await cancel(count) }
  case "g_future": run(on: executor) { await hops(count) }
  case "g_queue": run(on: executor) { await queueHops(count) }
  case "h_lat": latency(count)
  case "h_tput": throughput(count)
  case "j_exec": run(on: executor) { await threads(count) }
  case "m_sleep": run(on: executor) { await memory(count) }
  default: exit(3)
  }
}

let name = CommandLine.arguments[1]
switch name {
case "l_start":
  run(on: executor) {}
  exit(0)
case "i_echo": try serve()
default: break
}
guard CommandLine.arguments.count == 3, let count = Int(CommandLine.arguments[2]) else { exit(3) }
if name != "m_sleep" { try workload(name, min(count, 100_000)) }
begun = now()
try workload(name, count)
let end = now()
print(end[0] - begun[0], end[1] - begun[1])
