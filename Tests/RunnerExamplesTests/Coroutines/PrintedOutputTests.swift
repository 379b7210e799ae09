import Testing

@Suite(.timeLimit(.minutes(1))) struct PrintedOutputTests {
  @Test func `countdown prints its numbers and liftoff`() async throws {
    #expect(try await lines(printedBy: "countdown(3)") == ["3", "2", "1", "liftoff"])
  }

  @Test func `ticker prints numbered ticks until it is cancelled`() async throws {
    #expect(
      try await lines(printedBy: "ticker(every: 0.5)", cancelledAfter: 1.2) == [
        "tick 1", "tick 2", "tick 3", "threw CancellationError()",
      ])
  }

  @Test func `cleanup takes its time after it was cancelled`() async throws {
    #expect(
      try await lines(printedBy: "cleanup(2)", cancelledAfter: 1.5) == [
        "cleanup: working until cancelled", "cleanup: cancelled, cleaning up", "cleanup: clean",
        "threw CancellationError()",
      ])
  }

  @Test func `stubborn says that it ignores a request, and returns`() async throws {
    #expect(
      try await lines(printedBy: "stubborn(3)", cancelledAfter: 1) == [
        "stubborn: ignoring request 1 to cancel"
      ])
  }

  @Test func `fail throws a sentence`() async throws {
    #expect(
      try await lines(printedBy: "fail(after: 1)") == [
        "threw This failure was planned: it came after 1.0 s."
      ])
  }

  @Test func `producerConsumer is never more than the buffer ahead`() async throws {
    let printed = try await lines(printedBy: "producerConsumer()")
    #expect(printed.first == "produced 1")
    #expect(printed.last == "returned 21")
    var ahead = 0
    for line in printed.dropLast() {
      ahead += line.hasPrefix("produced") ? 1 : -1
      // A number that was taken and one that is being put may be printed in either order.
      #expect((-1...3).contains(ahead))
    }
    #expect(printed.filter { $0.hasPrefix("consumed") } == (1...6).map { "consumed \($0)" })
  }

  @Test func `contextDemo shows that a child has a copy`() async throws {
    #expect(
      try await lines(printedBy: "contextDemo()") == [
        "parent: the user was nobody", "child: the user is Ada", "child: the user is Grace now",
        "parent: the user is Alan",
      ])
  }

  @Test func `timeoutDemo finishes one piece of work and times the other out`() async throws {
    #expect(
      try await lines(printedBy: "timeoutDemo()") == [
        "work for 0.5 s, with a timeout of 1 s", "done in time",
        "work for 30.0 s, with a timeout of 1 s",
        "timed out: The operation took longer than 1.0 seconds.",
      ])
  }

  @Test func `echoServer prints the port that it got`() async throws {
    let printed = try await lines(printedBy: "echoServer(port: 0)", cancelledAfter: 0.1)
    #expect(printed.count == 2)
    let port = printed.first?.split(separator: " ").last.flatMap { Int($0) } ?? 0
    #expect((1024...65_535).contains(port))
    #expect(printed.first == "echo server: listening on port \(port)")
    #expect(printed.last == "threw CancellationError()")
  }
}
