import RunnerExamples
import Testing

@Suite struct CoroutineCatalogueTests {
  @Test func `it has every coroutine, with the signature that is typed`() {
    #expect(
      CoroutineCatalogue.entries.map(\.signature) == [
        "sleep(seconds)", "countdown(n)", "ticker(every: seconds)", "chain(depth: n)", "family(n)",
        "dashboard(n)",
        "stubborn(seconds)", "cleanup(seconds)", "fail(after: seconds)", "deadlock()",
        "philosophers(n)", "starve(n)", "spin(seconds)", "producerConsumer()", "contextDemo()",
        "timeoutDemo()",
        "echoServer(port: number)", "echoClient(port: number, count: n)",
      ])
  }

  @Test(arguments: CoroutineCatalogue.entries.map(\.name))
  func `an entry has a summary of one line and the source of its function`(name: String) throws {
    let entry = try #require(CoroutineCatalogue.entry(named: name))
    #expect(!entry.summary.isEmpty && !entry.summary.contains("\n") && entry.summary.count <= 70)
    let labels = entry.parameters.map { ($0.label ?? "_") + " " }
    let declaration = "public func \(name)(" + (labels.first.map { $0.dropLast() } ?? ")")
    #expect(entry.source.contains(declaration) || entry.source.contains("func \(name)(\n"))
    #expect(entry.source.contains("/// Demonstrates") || name == "sleep")
  }

  @Test func `an unknown name has no entry`() {
    #expect(CoroutineCatalogue.entry(named: "frobnicate") == nil)
  }
}
