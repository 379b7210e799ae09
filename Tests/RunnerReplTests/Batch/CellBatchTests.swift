import Foundation
import Testing

/// Swift in a batch: what a pipe gets of it, and the exit status.
@Suite(.serialized, .timeLimit(.minutes(2))) struct CellBatchTests {
  private func batch(_ commands: [String], home: Home? = nil) throws -> Batch.Result {
    try Batch(
      commands.flatMap { ["-c", $0] }, home: home, environment: Home.toolchain
    ).finish()
  }

  @Test func `rule 14: top-level await works, and the value of an expression is printed bare`()
    throws
  {
    let result = try batch([
      "func double(_ n: Int) async throws -> Int { try await sleep(0); return 2 * n }",
      "let n = try await double(4)", "async let m = double(n); print(try await m)", "n + 1",
    ])
    #expect(result.errors == "")
    #expect(result.output == "16\n9\n")
    #expect(result.status == 0)
  }

  @Test func `rule 23: a cell that does not compile ends a batch, with the place`() throws {
    let result = try batch(["let a = 1", "let b = aa + 1", "print(a)"])
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("-c:2:9: error: cannot find 'aa' in scope\n  let b = aa + 1\n"))
    #expect(!result.errors.contains("_cell"))
  }

  @Test func `rule 36: lines of a pipe are cells, each as soon as it is whole`() throws {
    let text = "let a = [1, 2]\nfor n in a {\n  print(n)\n}\na.count\nfatalError(\"stop\")\n"
    let result = try Batch([], input: .text(text), environment: Home.toolchain).finish()
    #expect(result.output == "1\n2\n2\n")
    #expect(result.status == 3)
    #expect(result.errors.hasPrefix("stdin:6: Fatal error: stop\n"))
    #expect(result.errors.contains("\n  cell at stdin:6\n"))
  }

  @Test func `rule 36: a script is Swift with commands between, and stops at its first error`()
    throws
  {
    let home = try Home()
    let script = try home.write(
      """
      #!/usr/bin/env runner-repl -f
      func greet(_ name: String) {
        print("hello", name)
      }
      greet("ada")
      //: spawn sleep(60) --name nap
      //: ps --json

      if 1 > 2 {
        print("no")
      } else {
        greet("all")
      }
      throw CancellationError()
      //:
      greet("nobody")
      """, to: "script.swift")
    let result = try Batch(["-f", script], home: home, environment: Home.toolchain).finish()
    let lines = result.output.split(separator: "\n")
    #expect(lines.first == "hello ada")
    #expect(lines.last == "hello all")
    #expect(lines.contains { $0.contains("runner-repl/ps/1") })
    #expect(result.status == 1)
    #expect(result.errors.contains("\(script):8: cancelled: "))
  }

  @Test func `what was saved runs again, and is plain Swift`() throws {
    let home = try Home()
    let path = "\(home.path)/saved.swift"
    let saving = try batch(
      [
        "let n = 20", "func twice(_ n: Int) -> Int { 2 * n }", "print(twice(n) + 2)",
        "save \(path)",
      ],
      home: home)
    #expect(saving.status == 0)
    let again = try Batch(["-f", path], home: home, environment: Home.toolchain).finish()
    #expect(again.output == "42\n")
    #expect(again.errors == "")
  }

  @Test func `what is saved with --plain compiles with swiftc and prints the same`() throws {
    let home = try Home()
    let path = "\(home.path)/main.swift"
    let saving = try batch(
      [
        "struct Slow: Error, Equatable {}\nactor Till { var sum = 0; func put(_ n: Int) { sum += n } }",
        "func price(_ n: Int) async throws -> Int { try await sleep(0.001); return n * n }",
        "let till = Till()\nvar log: [String] = []",
        "func sell(_ n: Int) async throws { await till.put(try await price(n)); log.append(\"\\(n)\") }",
        "for n in 1...3 { try await sell(n) }\nprint(await till.sum, log)",
        "async let a = price(4)\nasync let b = price(5)\nlet both = try await [a, b]\nprint(both)",
        "let three = try await gather(await price(1), await price(2), await price(3))",
        "let task = try EventLoop.current!.makeTask { try await price(7) }",
        "print(three, try await task.value)",
        "do { try await timeout(.milliseconds(1)) { try await sleep(60) } } catch { print(error) }",
        "let user = ContextVariable(\"user\", default: \"nobody\")",
        "let token = user.set(\"ada\")",
        "print(user.value)", "new other", "use main",
        "print(main.name, try main.loop.isRunning, other.name, other.phase != .closed)",
        "try await countdown(1)", "log.count + 1",
        "save \(path) --plain",
      ],
      home: home)
    #expect(saving.errors.hasSuffix("\nsaved 16 cells to \(path)\n"))
    #expect(saving.status == 0)
    let program = try PlainProgram.compile(path, in: home)
    // Only the prompt prints the value of an expression.
    #expect(try PlainProgram.output(of: program) + "4\n" == saving.output)
  }

  @Test func `what one plain file cannot have is refused, and nothing is written`() throws {
    let home = try Home()
    let path = "\(home.path)/main.swift"
    let result = try batch(["let x = 1", "let x = 2", "save \(path) --plain"], home: home)
    #expect(result.status == 1)
    #expect(result.errors.contains("cell 2 declares 'x' again, after cell 1"))
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `run and spawn take any Swift, awaited or not`() throws {
    let result = try batch([
      "func area(_ n: Int) async -> Int { n * n }", "run area(3)", "run try await area(4)",
      "run 1 + area(5)", "spawn area(6) --name six", "run main area(7)",
    ])
    #expect(result.errors == "")
    #expect(result.output == "9\n16\n26\ntask 5 six\n49\n")
  }
}
