import Foundation
import Testing

@Suite struct TranscriptTests {
  @Test(.timeLimit(.minutes(1)), arguments: Golden.transcripts)
  func `a transcript plays as it is written`(name: String) throws {
    let path = "Tests/RunnerShellTests/Transcripts/\(name)"
    let written = try String(
      contentsOf: Golden.package.appending(path: path), encoding: .utf8)
    let played = Transcript(text: written).replayed()
    #expect(try Golden.text(of: path, updatedTo: played) == played)
  }

  @Test func `there are transcripts`() {
    #expect(Golden.transcripts.count > 8)
  }
}
