// swift-format-ignore-file
// Written by Scripts/regenerate-example-sources; change the files that it reads instead.

/// The text of the files that show how the built-in coroutines are made.
enum ExampleSources {
  /// The text by file name, without the newline at its end.
  static let files: [String: String] = [
    "Sleep.swift": ###"""
      /// Suspends the calling task for some seconds of its loop's clock; mirrors `asyncio.sleep()`.
      ///
      /// Zero or less gives way for exactly one iteration of the loop; fractions are kept to the
      /// nanosecond. Must be called by a task of a running loop.
      ///
      /// - Throws: `CancellationError` when the task is cancelled; `RunnerError` when `seconds` is no
      ///   number or when no loop runs in this thread.
      public func sleep(
        _ seconds: Double, fileID: StaticString = #fileID, line: UInt = #line,
        function: StaticString = #function
      ) async throws {
        let (loop, deadline) = try deadline(ofSeconds: seconds)
        try await loop.wait(
          deadline == nil ? .nextIteration : .timer, detail: UInt64(bitPattern: deadline ?? 0),
          site: WaitSite(fileID, line, function)
        ) { begin($0, until: deadline, on: loop) }
      }

      /// Suspends the calling task for a time of its loop's clock; mirrors `asyncio.sleep()`.
      ///
      /// Zero or less gives way for exactly one iteration of the loop. Must be called by a task of a
      /// running loop.
      ///
      /// - Throws: `CancellationError` when the task is cancelled; `RunnerError` when no loop runs in this
      ///   thread.
      public func sleep(
        for duration: Duration, fileID: StaticString = #fileID, line: UInt = #line,
        function: StaticString = #function
      ) async throws {
        let (loop, deadline) = try deadline(of: duration)
        try await loop.wait(
          deadline == nil ? .nextIteration : .timer, detail: UInt64(bitPattern: deadline ?? 0),
          site: WaitSite(fileID, line, function)
        ) { begin($0, until: deadline, on: loop) }
      }

      /// The same for a number of seconds.
      @inline(never)
      private func deadline(ofSeconds seconds: Double) throws -> (EventLoop, Int64?) {
        guard !seconds.isNaN else {
          throw RunnerError(.invalidArgument, "Invalid delay: NaN (not a number of seconds).")
        }
        // 292 years: what a loop's clock can count.
        return try deadline(of: seconds > 0 ? .seconds(min(seconds, 9_000_000_000)) : .zero)
      }

      /// The loop that runs here and the moment when such a sleep is over; `nil` for the next iteration.
      @inline(never)
      private func deadline(of duration: Duration) throws -> (EventLoop, Int64?) {
        guard let loop = EventLoop.running else {
          throw RunnerError(
            .noRunningLoop,
            "No running event loop: sleep must be called by a task of a runner; elsewhere use Task.sleep."
          )
        }
        return (loop, duration <= .zero ? nil : loop.now.advanced(by: duration).nanoseconds)
      }

      private func begin(_ waiter: Waiter, until deadline: Int64?, on loop: EventLoop) {
        guard let deadline else { return loop.wake(waiter) }
        loop.addTimer(.waiter(waiter, generation: waiter.generation), at: deadline)
      }
      """###,
    "Chain.swift": ###"""
      import RunnerCore

      /// Makes a task that makes a task, and so on, each awaiting the next; returns how many links it saw.
      ///
      /// Demonstrates the await graph: `tree` shows who awaits whom, and cancelling the first link passes
      /// the request on to the last one, which is the only one that waits for time. In asyncio:
      /// `await task`, and `python -m asyncio pstree`.
      @discardableResult
      public func chain(depth: Int) async throws -> Int {
        guard depth > 1 else {
          try await sleep(5)
          return 1
        }
        let next = try runningLoop().makeTask(named: "link \(depth - 1)") {
          try await chain(depth: depth - 1)
        }
        return try await next.awaitValue() + 1
      }
      """###,
    "Cleanup.swift": ###"""
      import RunnerCore

      /// Works until it is cancelled, and then takes some seconds to clean up before it ends.
      ///
      /// Demonstrates that a request to cancel is delivered once: after it was caught, the coroutine may
      /// await again, here for its cleanup, and then throws the error on so that the task ends as
      /// cancelled. A second request would cut the cleanup short. In asyncio: `try … finally` with an
      /// `await` in it.
      public func cleanup(_ seconds: Double) async throws {
        print("cleanup: working until cancelled")
        do {
          while true {
            try await sleep(1)
          }
        } catch {
          print("cleanup: cancelled, cleaning up")
          try await sleep(seconds)
          print("cleanup: clean")
          throw error
        }
      }
      """###,
    "ContextDemo.swift": ###"""
      import RunnerCore

      private let user = ContextVariable("user", default: "nobody")

      /// Sets a context variable, and lets a child task read and change its copy of it.
      ///
      /// Demonstrates contexts: a task begins with a copy of what its maker had set at that moment, and
      /// from then on each changes only its own. The runs of one runner share that runner's context, so a
      /// second `run` of this begins with what the first one left. In asyncio: `contextvars.ContextVar`.
      public func contextDemo() async throws {
        print("parent: the user was \(user.value)")
        user.set("Ada")
        let child = try runningLoop().makeTask(named: "child") {
          print("child: the user is \(user.value)")
          user.set("Grace")
          try await sleep(1)
          print("child: the user is \(user.value) now")
        }
        user.set("Alan")
        try await child.awaitValue()
        print("parent: the user is \(user.value)")
      }
      """###,
    "Countdown.swift": ###"""
      import RunnerCore

      /// Prints n, n - 1, … 1, one each second, and then `liftoff`.
      ///
      /// Demonstrates the simplest coroutine: it works for a moment, awaits, and works on. While it
      /// awaits, its loop runs other tasks. In asyncio: `await asyncio.sleep(1)`.
      public func countdown(_ n: Int) async throws {
        for number in stride(from: n, to: 0, by: -1) {
          print(number)
          try await sleep(1)
        }
        print("liftoff")
      }
      """###,
    "Dashboard.swift": ###"""
      import RunnerCore

      /// Loads a user and n posts at the same time, in child tasks that Swift makes, and returns one line.
      ///
      /// Demonstrates plain Swift inside a task of a runner: `async let` and a task group make children that
      /// run on the same loop. `tree`, `ps` and `where` show them, down to the line; they are cancelled
      /// together with the task that they are a part of. asyncio has no such children: there each one is a
      /// task of its own.
      public func dashboard(_ n: Int) async throws -> String {
        async let user = loadUser()
        async let posts = loadPosts(n)
        return "\(try await user) has written \(try await posts.count) posts"
      }

      private func loadUser() async throws -> String {
        try await request(seconds: 8)
        return "Ada"
      }

      private func loadPosts(_ n: Int) async throws -> [String] {
        try await withThrowingTaskGroup(of: String.self) { group in
          for number in stride(from: 1, through: n, by: 1) {
            group.addTask(name: "post \(number)") { try await loadPost(number) }
          }
          var posts: [String] = []
          for try await post in group { posts.append(post) }
          return posts
        }
      }

      private func loadPost(_ number: Int) async throws -> String {
        try await request(seconds: 5)
        return "post \(number)"
      }

      private func request(seconds: Double) async throws {
        try await sleep(seconds)
      }
      """###,
    "Deadlock.swift": ###"""
      import RunnerCore

      /// Makes two tasks that await each other, and awaits them: nothing of this can ever end.
      ///
      /// Demonstrates a cycle in the await graph: no timer, descriptor or other task can wake any of the
      /// three. `tree` draws the cycle and names it. In asyncio: the "await-graph contains cycles" of
      /// `python -m asyncio pstree`.
      public func deadlock() async throws {
        let loop = try runningLoop()
        // The left one is made before the right one exists, so it gets it through a future.
        let introduction = loop.makeFuture(of: RunnerTask<Void>.self, label: "introduction")
        let left = try loop.makeTask(named: "left") {
          let right = try await introduction.awaitValue()
          try await right.awaitValue()
        }
        let right = try loop.makeTask(named: "right") {
          try await left.awaitValue()
        }
        try introduction.resolve(right)
        _ = try await gather([left, right])
      }
      """###,
    "EchoClient.swift": ###"""
      import RunnerCore

      /// Sends lines to an echo server on 127.0.0.1, checks each answer, and returns how many came back.
      ///
      /// Demonstrates the other end of a connection: connecting, sending and receiving each suspend only
      /// this task. In asyncio: `asyncio.open_connection()`.
      ///
      /// - Throws: `RunnerError` when nobody listens, the server hangs up, or it sends something else.
      @discardableResult
      public func echoClient(port: Int, count: Int) async throws -> Int {
        let connection = try await LoopbackSocket.connected(to: port)
        var echoed = 0
        while echoed < count {
          let line = Array("line \(echoed + 1)\n".utf8)
          try await connection.send(line)
          var answer: [UInt8] = []
          while answer.count < line.count {
            let bytes = try await connection.receive()
            if bytes.isEmpty {
              throw RunnerError(
                .connectionLost, "The server hung up after \(echoed) of \(count) lines.")
            }
            answer += bytes
          }
          guard answer == line else {
            throw RunnerError(.system, "The server's answer to line \(echoed + 1) is not that line.")
          }
          echoed += 1
        }
        return echoed
      }
      """###,
    "EchoServer.swift": ###"""
      import RunnerCore

      /// Listens on a port of 127.0.0.1 and sends every client back what it sent, until it is cancelled.
      ///
      /// Demonstrates tasks that wait for sockets: all clients are served by the loop's one thread, each
      /// by a task of its own. Port 0 takes a free one and prints it. In asyncio:
      /// `asyncio.start_server()`. The system calls are in `LoopbackSocket`.
      ///
      /// - Throws: `RunnerError` when the port cannot be listened on.
      public func echoServer(port: Int) async throws {
        let listener = try LoopbackSocket.listening(on: port)
        print("echo server: listening on port \(try listener.port)")
        try await serveClients(of: listener)
      }

      /// Accepts clients until it is cancelled; then it cancels and awaits the tasks that serve them.
      func serveClients(of listener: LoopbackSocket) async throws {
        let loop = try runningLoop()
        var clients: [RunnerTask<Void>] = []
        var count = 0
        do {
          while true {
            let connection = try await listener.accept()
            count += 1
            let client = try loop.makeTask(named: "client \(count)") {
              await echo(connection)
            }
            clients.removeAll { $0.isDone }
            clients.append(client)
          }
        } catch {
          for client in clients { client.cancel(message: "the echo server ends") }
          _ = try await gatherResults(clients)
          throw error
        }
      }

      /// Serves one client until it has no more to say; the socket is closed with its last reference.
      private func echo(_ connection: LoopbackSocket) async {
        let name = AnyRunnerTask.current?.name ?? "client"
        print("echo server: \(name) connected")
        do {
          while true {
            let bytes = try await connection.receive()
            if bytes.isEmpty { break }
            try await connection.send(bytes)
          }
          print("echo server: \(name) left")
        } catch {
          print("echo server: \(name) was cut off")
        }
      }
      """###,
    "Fail.swift": ###"""
      import RunnerCore

      /// Throws an error after some seconds.
      ///
      /// Demonstrates where an error goes: to whoever awaits the task; if nobody does, it is kept and
      /// marked as unread, and `history` shows it. In asyncio: "Task exception was never retrieved".
      ///
      /// - Throws: `PlannedFailure`.
      public func fail(after seconds: Double) async throws {
        try await sleep(seconds)
        throw PlannedFailure(seconds: seconds)
      }

      /// The error of `fail(after:)`.
      public struct PlannedFailure: Error, Hashable, Sendable, CustomStringConvertible {
        /// How long the coroutine had waited.
        public let seconds: Double

        public var description: String { "This failure was planned: it came after \(seconds) s." }
      }
      """###,
    "Family.swift": ###"""
      import RunnerCore

      /// Makes n child tasks, awaits them all, and returns what they returned, in their order.
      ///
      /// Demonstrates `gather`: the children work at the same time, so all of them together take as long
      /// as one; their values come in the order of the arguments; cancelling the parent cancels every
      /// child. In asyncio: `await asyncio.gather(*tasks)`.
      @discardableResult
      public func family(_ n: Int) async throws -> [Int] {
        let loop = try runningLoop()
        var children: [RunnerTask<Int>] = []
        for number in stride(from: 1, through: n, by: 1) {
          let child = try loop.makeTask(named: "child \(number)") {
            try await sleep(5)
            return number * number
          }
          children.append(child)
        }
        return try await gather(children)
      }
      """###,
    "Philosophers.swift": ###"""
      import RunnerCore

      /// Seats n philosophers at a round table with a fork between each two; each takes the left fork, thinks
      /// for a moment, and waits for the right one: nobody ever eats.
      ///
      /// Demonstrates a deadlock through locks: each task holds one and waits for one that its neighbour
      /// holds. `tree` draws the circle with who holds what, `why` says it in a sentence, and cancelling one
      /// of them frees its fork for the others. In asyncio: an `asyncio.Lock` for each fork, and silence.
      public func philosophers(_ n: Int) async throws {
        let loop = try runningLoop()
        let forks = (1...n).map { RunnerLock(label: "fork \($0)") }
        var guests: [RunnerTask<Void>] = []
        for seat in 1...n {
          let (left, right) = (forks[seat - 1], forks[seat % n])
          let guest = try loop.makeTask(named: "philosopher \(seat)") {
            try await left.withLock {
              try await sleep(0.1)
              try await right.withLock { print("philosopher \(seat) eats") }
            }
          }
          guests.append(guest)
        }
        _ = try await gather(guests)
      }
      """###,
    "ProducerConsumer.swift": ###"""
      import RunnerCore

      /// Hands six numbers from a fast task to a slow one through a buffer for two; returns their sum.
      ///
      /// Demonstrates futures and back-pressure: whoever finds the buffer full or empty awaits a future
      /// that the other one resolves. There is no lock, because nothing else runs between two awaits. In
      /// asyncio: `asyncio.Queue(maxsize=2)`, which is made of futures in the same way.
      @discardableResult
      public func producerConsumer() async throws -> Int {
        let loop = try runningLoop()
        let buffer = Buffer(capacity: 2, loop: loop)
        let producer = try loop.makeTask(named: "producer") {
          for number in 1...6 {
            try await buffer.put(number)
            print("produced \(number)")
          }
          return 0
        }
        let consumer = try loop.makeTask(named: "consumer") {
          var sum = 0
          for _ in 1...6 {
            try await sleep(0.2)
            let number = try await buffer.take()
            print("consumed \(number)")
            sum += number
          }
          return sum
        }
        return try await gather([producer, consumer])[1]
      }

      /// A bounded buffer for one producer and one consumer; used by the tasks of one loop only.
      private final class Buffer: @unchecked Sendable {
        private let capacity: Int
        private let loop: EventLoop
        private var numbers: [Int] = []
        private var change: RunnerFuture<Void>?

        init(capacity: Int, loop: EventLoop) {
          self.capacity = capacity
          self.loop = loop
        }

        func put(_ number: Int) async throws {
          while numbers.count == capacity { try await nextChange("room in the buffer") }
          numbers.append(number)
          try noteChange()
        }

        func take() async throws -> Int {
          while numbers.isEmpty { try await nextChange("a number in the buffer") }
          let number = numbers.removeFirst()
          try noteChange()
          return number
        }

        private func nextChange(_ what: String) async throws {
          let future = loop.makeFuture(of: Void.self, label: what)
          change = future
          try await future.awaitValue()
        }

        private func noteChange() throws {
          // A future that is done already was cancelled, together with the task that waited for it.
          if let change, !change.isDone { try change.resolve(()) }
          change = nil
        }
      }
      """###,
    "Spin.swift": ###"""
      /// Keeps the loop's thread busy for some seconds of real time, without a single `await`.
      ///
      /// Demonstrates how synchronous code blocks a loop: no other task of it runs, no timer fires and no
      /// cancellation arrives until it is over. `ps` and `loop` still answer, and say what blocks. In
      /// asyncio: the "Executing … took 5.0 seconds" of debug mode.
      public func spin(_ seconds: Double) async {
        let end = ContinuousClock.now.advanced(by: .seconds(seconds))
        while ContinuousClock.now < end {}
      }
      """###,
    "Starve.swift": ###"""
      import RunnerCore

      /// Lets n workers wait for jobs from a queue into which nobody puts any, and awaits them.
      ///
      /// Demonstrates a standstill without a circle: nothing is ready, no timer is set, and no task is left
      /// that could fill the queue. `why` names what everybody waits for; `run` says that it cannot end. In
      /// asyncio: `await queue.get()` after the producer has died, and silence.
      public func starve(_ n: Int) async throws {
        let loop = try runningLoop()
        let jobs = RunnerQueue<Int>(label: "jobs")
        var workers: [RunnerTask<Void>] = []
        for number in 1...n {
          let worker = try loop.makeTask(named: "worker \(number)") {
            while true { print("worker \(number) got job \(try await jobs.get())") }
          }
          workers.append(worker)
        }
        _ = try await gather(workers)
      }
      """###,
    "Stubborn.swift": ###"""
      import RunnerCore

      /// Ignores every request to cancel until some seconds have passed, and then returns.
      ///
      /// Demonstrates that cancellation is a request: it arrives as a `CancellationError` at an `await`,
      /// and code that catches it goes on. `cancel` and `close` can only wait, and say so. In asyncio:
      /// `except asyncio.CancelledError` that does not raise again, which its documentation warns of.
      public func stubborn(_ seconds: Double) async throws {
        let loop = try runningLoop()
        let end = loop.now.advanced(by: .seconds(seconds))
        while loop.now < end {
          do {
            try await sleep(for: loop.now.duration(to: end))
          } catch is CancellationError {
            let requests = AnyRunnerTask.current?.cancellationRequests ?? 0
            print("stubborn: ignoring request \(requests) to cancel")
          }
        }
      }
      """###,
    "Ticker.swift": ###"""
      import RunnerCore

      /// Prints `tick 1`, `tick 2`, … with a pause of some seconds between two, until it is cancelled.
      ///
      /// Demonstrates a task that nobody waits for: it stands still when its loop does, and ends only
      /// because of `cancel` or `close`, which make its `sleep` throw. In asyncio: `asyncio.create_task()`
      /// and `Task.cancel()`.
      public func ticker(every seconds: Double) async throws {
        guard seconds >= 0.001 else {
          throw RunnerError(
            .invalidArgument, "A ticker needs at least 0.001 seconds between two ticks, not \(seconds).")
        }
        var count = 0
        while true {
          count += 1
          print("tick \(count)")
          try await sleep(seconds)
        }
      }
      """###,
    "TimeoutDemo.swift": ###"""
      import RunnerCore

      /// Gives a fast and a slow piece of work one second each.
      ///
      /// Demonstrates `timeout`: it cancels what takes too long and turns that cancellation into an error
      /// of its own, so that the caller can tell it from being cancelled itself. In asyncio:
      /// `async with asyncio.timeout(1)`.
      public func timeoutDemo() async throws {
        for seconds in [0.5, 30.0] {
          print("work for \(seconds) s, with a timeout of 1 s")
          do {
            try await timeout(.seconds(1)) {
              try await sleep(seconds)
            }
            print("done in time")
          } catch let error as RunnerTimeoutError {
            print("timed out: \(error)")
          }
        }
      }
      """###,
  ]
}
