import Testing

@testable import RunnerCells

@Suite struct CompletionQuestionTests {
  private func session(_ cells: [String], valueOf last: Bool = false) throws -> CellSession {
    var session = CellSession(prelude: ["RunnerCore"])
    for (index, text) in cells.enumerated() {
      guard case .complete(let parts) = CellReading.of(CellSource(name: "cell", text: text)) else {
        throw CellError(.incomplete, text)
      }
      let context = session.context
      _ = session.commit(
        session.reserve(), parts, builtIn: context,
        hasValue: last && index == cells.count - 1)
    }
    return session
  }

  private func question(_ text: String, _ prefix: String, _ session: CellSession)
    -> CompletionQuestion
  {
    CompletionQuestion(after: text, prefix: prefix, in: session, arguments: ["-x", "file"])
  }

  @Test func `a new session is asked about with its prelude`() throws {
    let question = question("let n = é.", "co", try session([]))
    #expect(question.source == "import RunnerCore\nlet n = é.co")
    #expect(question.offset == "import RunnerCore\nlet n = é.".utf8.count)
    #expect(question.arguments == ["-D", "CELLS_0", "-x", "file"])
  }

  @Test func `a cell sees those before it, and of a variable declared twice the newer one`() throws
  {
    let session = try session([
      "let a = 1; func f() {}", "a + 1", "func f(_ n: Int) {}", "var a = \"\"",
    ])
    #expect(
      session.importsForCompletion == [
        "import RunnerCore", "@testable import Cell1", "@testable import Cell3",
        "@testable import Cell4", "import var Cell4.a",
      ])
    // What was found in the session's folder is looked for again.
    #expect(question("a.", "", session).arguments.contains("CELLS_4"))
  }

  @Test func `the last value has a name that can be completed`() throws {
    let session = try session(["[1, 2]"], valueOf: true)
    let question = question("let n = _.", "", session)
    #expect(
      question.source == """
        import RunnerCore
        @testable import Cell1
        let _cell_last = Cell1._cell_value
        let n = _cell_last.
        """)
    #expect(question.offset == question.source.utf8.count)
  }

  @Test func `an underscore that is no value stays as it is`() throws {
    let session = try session(["[1, 2]"], valueOf: true)
    #expect(question("for _ in x { y.", "", session).source.hasSuffix("for _ in x { y."))
  }

  @Test func `a question arrives as it was sent`() throws {
    let sent = question("let n = \"日本\\n\".", "co", try session([]))
    #expect(CompletionQuestion(texts: sent.texts) == sent)
    #expect(CompletionQuestion(texts: ["a", "b", "c"]) == nil)
    #expect(CompletionQuestion(texts: []) == nil)
  }
}
