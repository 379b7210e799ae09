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
    #expect(result.errors.contains("/stdin:6: Fatal error: stop\n"))
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

  @Test func `run and spawn take any Swift, awaited or not`() throws {
    let result = try batch([
      "func area(_ n: Int) async -> Int { n * n }", "run area(3)", "run try await area(4)",
      "run 1 + area(5)", "spawn area(6) --name six", "run main area(7)",
    ])
    #expect(result.errors == "")
    #expect(result.output == "9\n16\n26\ntask 5 six\n49\n")
  }
}
