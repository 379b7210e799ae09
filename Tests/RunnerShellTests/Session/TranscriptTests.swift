import GoldenTesting
import Testing

@Suite struct TranscriptTests {
  private static let folder = "Tests/RunnerShellTests/Transcripts"
  private static let names = Golden.names(in: folder).filter { $0.hasSuffix(".txt") }

  @Test(.timeLimit(.minutes(1)), arguments: names)
  func `a transcript plays as it is written`(name: String) throws {
    let path = "\(Self.folder)/\(name)"
    let played = Transcript(text: try Golden.text(of: path)).replayed()
    #expect(try Golden.text(of: path, updatedTo: played) == played)
  }

  @Test func `there are transcripts`() {
    #expect(Self.names.count > 8)
  }
}
