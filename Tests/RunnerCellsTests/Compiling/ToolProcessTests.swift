import Foundation
import RunnerCore
import Testing

@testable import RunnerCells

@Suite struct ToolProcessTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `both outputs are collected, and the status`() throws {
    let path = try folder.addProgram("tool", "echo out; echo err >&2; exit 3")
    let result = try ToolProcess.run([path], environment: [:], control: BuildControl())
    #expect(result.output == "out\nerr\n")
    #expect(!result.isSuccess)
    #expect(result.signal == nil)
  }

  @Test func `a program that is not there is a sentence`() {
    let error = #expect(throws: CellError.self) {
      try ToolProcess.run(["/nowhere/tool"], environment: [:], control: BuildControl())
    }
    #expect(error?.message == "'/nowhere/tool' cannot be started: No such file or directory.")
  }

  @Test(.timeLimit(.minutes(1)))
  func `cancelling kills what works for the build, with its children`() throws {
    let fifo = folder.path + "/begun"
    #expect(mkfifo(fifo, 0o600) == 0)
    // The child of the shell keeps the pipe open: only killing both ends the wait.
    let path = try folder.addProgram("tool", "sleep 1000 & echo begun > \(fifo); wait")
    let control = BuildControl()
    let ended = Latch()
    let failure = LockedValue<CellError?>(nil)
    Thread.detachNewThread {
      do throws(CellError) {
        _ = try ToolProcess.run(
          [path], environment: ["PATH": "/usr/bin:/bin"], control: control)
      } catch { failure.withLock { $0 = error } }
      ended.open()
    }
    let begun = try FileHandle(forReadingFrom: URL(filePath: fifo)).readToEnd()
    #expect(begun == Data("begun\n".utf8))
    control.cancel()
    #expect(ended.wait(limit: .seconds(30)))
    #expect(failure.withLock { $0 }?.code == .cancelled)
  }

  @Test func `a build that was cancelled before it began starts nothing`() throws {
    let control = BuildControl()
    control.cancel()
    let error = #expect(throws: CellError.self) {
      try ToolProcess.run(["/nowhere/tool"], environment: [:], control: control)
    }
    #expect(error?.code == .cancelled)
  }

  @Test func `folders of processes that are gone are removed, those of living ones stay`() throws {
    let living = "\(folder.path)/runner-cells-\(getpid())-aaaaaa"
    // No process has a number this high: it is above the kernel's limit.
    let gone = "\(folder.path)/runner-cells-4194305-bbbbbb"
    for path in [living, gone + "/inner"] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    try "x".write(toFile: gone + "/Cell1.swift", atomically: true, encoding: .utf8)
    var made: CellFolder? = try CellFolder(environment: ["TMPDIR": folder.path])
    let path = try #require(made?.path)
    #expect(FileManager.default.fileExists(atPath: path))
    #expect(FileManager.default.fileExists(atPath: living))
    #expect(!FileManager.default.fileExists(atPath: gone))
    made = nil
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a folder that cannot be made is a sentence`() {
    let error = #expect(throws: CellError.self) {
      try CellFolder(environment: ["TMPDIR": "/proc/nowhere"])
    }
    #expect(
      error?.message == """
        No folder for compiled cells can be made in '/proc/nowhere': No such file or directory; set \
        TMPDIR to one that can be written to.
        """)
  }
}
