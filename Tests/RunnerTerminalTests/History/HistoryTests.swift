import Testing

@testable import RunnerTerminal

@Suite struct HistoryTests {
  @Test func `an entry is kept once, as the latest`() {
    var history = History(entries: ["a", "b"])
    #expect(history.add("c") == .added)
    #expect(history.add("a") == .moved)
    #expect(history.add("a") == .refused)
    #expect(history.entries == ["b", "c", "a"])
  }

  @Test(arguments: ["", "   ", "\n", " secret"])
  func `blank and private lines stay out`(line: String) {
    var history = History()
    #expect(history.add(line) == .refused)
    #expect(history.entries.isEmpty)
  }

  @Test func `no place is one sentence`() {
    var history = History(environment: [:])
    #expect(
      history.warning == """
        There is no place for the history: neither HOME nor XDG_STATE_HOME is an absolute path. \
        This session's history will not be saved.
        """)
    #expect(history.add("a") == .added)
  }

  @Test func `a place that can't be made is one sentence`() {
    var history = History(environment: ["XDG_STATE_HOME": "/dev/null"])
    #expect(
      history.warning == """
        The history's folder can't be made at /dev/null: File exists. \
        This session's history will not be saved.
        """)
    #expect(history.add("a") == .added)
    #expect(history.entries == ["a"])
  }

  @Test func `something that is no file is one sentence`() {
    let history = History(file: HistoryFile(path: "/dev/null"))
    #expect(
      history.warning == """
        The history can't be kept in /dev/null: it is not a regular file. \
        This session's history will not be saved.
        """)
  }

  @Test func `entries go to the file`() throws {
    let folder = try TemporaryFolder()
    let file = HistoryFile(path: folder.path + "/history")
    var history = History(file: file)
    for line in ["a", " b", "c", "a"] { _ = history.add(line) }
    #expect(history.warning == nil)
    #expect(try file.load() == ["c", "a"])
  }
}
