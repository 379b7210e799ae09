import RunnerCore
import RunnerShell
import Testing

/// `history --grep`: what was typed, and not which tasks ended.
@Suite struct InputHistoryTests {
  private final class Inputs: InputHistory {
    private let all = ["ps", "let a = 1", "f {\n  let b\n}", "let \u{1B}[2Jc"]

    var count: Int { all.count }

    func inputs(containing text: String) -> [String] {
      all.filter { text.isEmpty || $0.contains(text) }
    }
  }

  private let output = RecordingOutput()

  private func run(_ line: String) -> [String] {
    let session = Session(
      controller: Scenario.empty.controller, catalog: SmallCatalog(), output: output,
      inputs: Inputs())
    _ = session.execute(line)
    return output.takeTexts()
  }

  @Test func `inputs that contain a text are listed, oldest first and safe to print`() {
    #expect(
      run("history -g let") == [
        "let a = 1", "f {", "    let b", "  }", "let \\u{1B}[2Jc", "3 of 4 inputs",
      ])
    #expect(run(":history --grep ps") == ["ps", "1 of 4 inputs"])
    #expect(run("history -g nothing") == ["0 of 4 inputs"])
    #expect(
      run("history -g let --limit 1") == [
        "let \\u{1B}[2Jc", "1 of 3 inputs; --limit 0 shows all (3 of 4 match)",
      ])
  }

  @Test func `without a text the last inputs are listed with their numbers, the newest last`() {
    #expect(
      run("history -g") == [
        "1  ps", "2  let a = 1", "3  f {", "       let b", "     }", "4  let \\u{1B}[2Jc",
        "4 inputs",
      ])
    #expect(
      run("history -g --limit 1") == [
        "4  let \\u{1B}[2Jc", "1 of 4 inputs; --limit 0 shows all",
      ])
  }

  @Test func `the ended tasks end with where the inputs are, for whoever types`() {
    #expect(run("history") == ["no ended tasks", "typed lines: history -g TEXT"])
    #expect(run("history --limit 3") == ["no ended tasks"])
    let batch = Session(
      controller: Scenario.empty.controller, catalog: SmallCatalog(), output: output)
    _ = batch.execute("history")
    #expect(output.takeTexts() == ["no ended tasks"])
  }

  @Test func `they have no JSON`() {
    #expect(
      run("history -g let --json") == [
        "Inputs are not written as JSON; leave out --json, or --grep for the ended tasks."
      ])
  }
}
