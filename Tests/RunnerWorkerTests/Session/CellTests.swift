import RunnerCore
import RunnerWorker
import Testing

/// What a worker does with Swift that somebody compiles for it.
@Suite(.timeLimit(.minutes(1))) struct CellTests {
  private let compiler = ScriptedCompiler()
  private let session: WorkerSession

  init() throws {
    session = WorkerSession(source: ScriptedSource(), cells: compiler)
    _ = try session.makeRunner(RunnerOptions(name: "main"))
  }

  private func cell(_ source: String) -> CellRequest { CellRequest(source: source) }

  @Test func `a cell runs as one task, and its end brings its names and its value`() throws {
    let start = try session.evaluate(cell("\n  let n = 3\nn + 1"), on: "main")
    #expect(start.declaredNames == ["n"])
    #expect(start.job.expression == "let n = 3 …")
    let job = try session.wait(for: start.job.id, limit: nil)
    #expect(job.state == .returned(ValueSnapshot(type: "Int", text: "4")))
    #expect(job.bindings.map(\.value.text) == ["3"])
  }

  @Test func `Swift that does not compile leaves no job behind`() throws {
    #expect(throws: CellRejection.self) { try session.evaluate(cell("wrong"), on: "main") }
    #expect(throws: CellRejection.self) { try session.run("wrong()", on: "main") }
    #expect(try session.jobs().isEmpty)
  }

  @Test func `an expression that is no built-in coroutine is compiled`() throws {
    let job = try session.run("fetch(3)", on: "main")
    #expect(
      try session.wait(for: job.id, limit: nil).state
        == .returned(ValueSnapshot(type: "Int", text: "4")))
    #expect(try session.spawn("fetch(3)", on: "main", named: nil).operation == "fetch(3)")
    #expect(compiler.count.withLock { $0 } == 2)
    _ = try session.run("value", on: "main")
    #expect(compiler.count.withLock { $0 } == 2)
  }

  @Test func `a number that a built-in coroutine does not take is refused, and not compiled`()
    throws
  {
    let run = #expect(throws: RunnerError.self) { try session.run("low", on: "main") }
    let spawned = #expect(throws: RunnerError.self) {
      try session.spawn("low", on: "main", named: nil)
    }
    #expect([run, spawned].map { $0?.message } == ["It is too low.", "It is too low."])
    #expect(compiler.count.withLock { $0 } == 0)
  }

  @Test func `without a compiler an unknown coroutine is what is wrong`() throws {
    let session = WorkerSession(
      source: ScriptedSource(), cells: ScriptedCompiler(isAvailable: false))
    _ = try session.makeRunner(RunnerOptions(name: "main"))
    let error = try #require(throws: RunnerError.self) { try session.run("fetch(3)", on: "main") }
    #expect(error.code == .notFound)
  }

  @Test func `a busy runner takes no cell, and says who is there`() throws {
    let first = try session.evaluate(cell("sleep"), on: "main")
    let error = try #require(throws: RunnerError.self) {
      try session.evaluate(cell("let n = 3"), on: "main")
    }
    #expect(error.code == .alreadyRunning)
    while try session.interrupt("main") == .nothingRunning {}
    #expect(
      try session.wait(for: first.job.id, limit: nil).state == .interrupted(mainIsPending: false))
  }

  @Test func `variables are read between two steps, and never beside one`() throws {
    #expect(try session.variables(on: "main").map(\.value.text) == ["0"])
    let start = try session.evaluate(cell("spin"), on: "main")
    while try session.runners().first?.activity != .running {}
    while try session.loop(of: "main").step == nil {}
    let error = try #require(throws: RunnerError.self) { try session.variables(on: "main") }
    #expect(
      error.message
        == "The loop of 'main' is inside a step that does not end, so its variables cannot be read;"
        + " 'loop main' says where it is.")
    _ = try session.wait(for: start.job.id, limit: nil)
    #expect(try session.variables(on: "main").map(\.value.text) == ["1"])
    try session.forgetCells()
    #expect(try session.variables(on: "main").map(\.value.text) == ["0"])
  }

  @Test func `giving up the waits gives up the compiling`() {
    session.abandonWaits()
    #expect(compiler.abandonments.withLock { $0 } == 1)
  }

  @Test func `a worker without a compiler says so`() throws {
    let session = WorkerSession(source: ScriptedSource())
    _ = try session.makeRunner(RunnerOptions(name: "main"))
    let error = try #require(throws: RunnerError.self) {
      try session.evaluate(cell("1"), on: "main")
    }
    #expect(
      error.message
        == "This worker has no compiler; use run or spawn with a built-in coroutine.")
  }
}
