import Glibc
import RunnerCore
import Testing

/// The example under `Examples/line-watch`, as its user sees it.
@Suite(.timeLimit(.minutes(1))) struct LineWatchTests {
  @Test func `it counts, tells what has changed, and on Ctrl-C cleans up and ends with 130`() throws
  {
    let folder = "/tmp/line-watch-\(getpid())"
    mkdir(folder, 0o700)
    try write("one\ntwo\n", to: folder + "/list")
    defer {
      unlink(folder + "/list")
      rmdir(folder)
    }
    let name = "line-watch-\(getpid())"

    let child = try ChildProcess("line-watch", folder)
    #expect(child.nextLine() == "\(name): lines: 2, files: 1")
    try write("one\ntwo\nthree\n", to: folder + "/list")
    #expect(child.nextLine() == "\(name): list has 3 lines, before 2")
    child.send(SIGINT)
    #expect(
      child.lines() == [
        "\(name): 3 lines in the end, 1 more than at first",
        "\(name): uptime is no longer counted",
      ])
    #expect(child.wait() == .exited(130))
  }

  @Test func `without a folder it says how it is used`() throws {
    let child = try ChildProcess("line-watch")
    #expect(child.wait() == .exited(2))
  }

  @Test func `of a folder that is not there it cleans up and ends with 1`() throws {
    let child = try ChildProcess("line-watch", "/not-there-\(getpid())")
    #expect(child.lines() == ["not-there-\(getpid()): uptime is no longer counted"])
    #expect(child.wait() == .exited(1))
  }

  /// Replaces a file in one go, so that a reader sees the old or the new one.
  private func write(_ text: String, to path: String) throws {
    let draft = "/tmp/line-watch-draft-\(getpid())"
    guard let file = fopen(draft, "w") else {
      throw RunnerError(.system, "'\(draft)' could not be written.")
    }
    fputs(text, file)
    fclose(file)
    rename(draft, path)
  }
}
