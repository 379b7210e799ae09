import RunnerCore
import RunnerShell
import Synchronization
import Testing

/// Files in memory.
final class MemoryFiles: SourceReader {
  let files = Mutex<[String: [String]]>([:])

  func line(_ number: Int, of path: String) -> String? { nil }

  func lines(of path: String) throws -> [String] {
    guard let lines = files.withLock({ $0[path] }) else { throw CommandError.noFile(path) }
    return lines
  }

  func write(_ text: String, to path: String) throws {
    files.withLock {
      $0[path] = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
  }
}

@Suite struct ScriptTests {
  private let files = MemoryFiles()
  private let output = RecordingOutput()
  private let controller = Scenario.cells.controller
  private let session: Session

  init() {
    session = Session(
      controller: controller, catalog: SmallCatalog(), output: output, sources: files)
  }

  private var numbers: [Int] { controller.state.withLock(\.evaluated).map(\.firstLine) }

  @Test func `a file is run part by part, each with its place, until one fails`() {
    files.files.withLock {
      $0["a.swift"] = [
        "let jobs = 3", "//: ps", "", "total", "//:", "throw Boom()", "//:", "total",
      ]
    }
    #expect(session.execute("load a.swift").status == .failed)
    #expect(numbers == [1, 3, 6])
    #expect(controller.state.withLock(\.evaluated).allSatisfy { $0.file == "a.swift" })
  }

  @Test func `what was not run of a file is said`() {
    files.files.withLock {
      $0["a.swift"] = [
        "let jobs = 3", "//: ps", "", "total", "//:", "throw Boom()", "//:", "total",
      ]
    }
    #expect(session.execute("load a.swift").status == .failed)
    #expect(
      output.takeTexts().suffix(2) == [
        "a.swift:6: cell-3 threw Boom: on purpose", "a.swift: nothing was run from line 8 on",
      ])
    files.files.withLock { $0["b.swift"] = ["throw Boom()"] }
    #expect(session.execute("load b.swift").status == .failed)
    #expect(output.takeTexts() == ["b.swift:1: cell-4 threw Boom: on purpose"])
  }

  @Test func `what was saved can be loaded`() {
    for line in ["let jobs = 3", "throw Boom()", "total"] { _ = session.execute(line) }
    #expect(session.execute("save b.swift").status == .ok)
    #expect(output.takeTexts().last == "saved 2 cells to b.swift")
    #expect(
      files.files.withLock { $0["b.swift"] } == [
        "// Run it again: runner-repl -f FILE, or 'load FILE' at the prompt.", "//:",
        "let jobs = 3",
        "//:", "total", "",
      ])
    #expect(session.execute("load b.swift").status == .ok)
  }

  @Test func `a plain file needs a parser, and nothing is written without one`() {
    _ = session.execute("let jobs = 3")
    _ = output.takeTexts()
    #expect(session.execute("save e.swift --plain").status == .failed)
    #expect(
      output.takeTexts() == [
        "There is no parser of Swift here; leave out --plain to save the cells as a script."
      ])
    #expect(files.files.withLock { $0["e.swift"] } == nil)
  }

  @Test func `a file that loads itself is refused`() {
    files.files.withLock { $0["c.swift"] = ["//: load c.swift"] }
    #expect(session.execute("load c.swift").status == .failed)
    #expect(
      output.takeTexts() == [
        "c.swift:1: The file 'c.swift' loads itself, directly or through another; nothing of it was"
          + " run."
      ])
  }

  @Test func `an unfinished command of a file is an error with its line`() {
    files.files.withLock { $0["d.swift"] = ["", "//: run f("] }
    #expect(session.execute("load d.swift").status == .usage)
    #expect(
      output.takeTexts() == [
        "d.swift:2: The input ends inside an open bracket or quote; nothing was executed."
      ])
  }
}
