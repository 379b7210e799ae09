import Foundation
import Testing

@testable import RunnerCells

/// Sessions of compiled cells, played by a program that loads them.
///
/// `> ` begins a cell, `. ` continues it, all else is what came of it. `UPDATE_GOLDEN=1` writes them
/// anew. They need the compiler that built the tests.
@Suite(.serialized) struct CellScriptTests {
  private static let names = Golden.names(in: "Scripts")

  @Test(.timeLimit(.minutes(2)), arguments: names)
  func `a session plays as it is written`(name: String) throws {
    let written = try Golden.text(of: "Scripts/\(name)")
    let played = try FixtureProcess.play(written)
    #expect(try Golden.text(of: "Scripts/\(name)", updatedTo: played) == played)
  }

  @Test func `there are scripts`() {
    #expect(Self.names.count >= 10)
  }

  @Test(.timeLimit(.minutes(1)))
  func `without a compiler a cell is one sentence`() throws {
    let played = try FixtureProcess.play("> 1 + 1\n", environment: ["PATH": "/nowhere"])
    #expect(played.hasPrefix("> 1 + 1\nThere is no 'swiftc' on the PATH, "))
    #expect(played.split(separator: "\n").count == 2)
  }

  @Test(.timeLimit(.minutes(1)))
  func `without a home and a cache folder cells work`() throws {
    let folder = try TemporaryFolder()
    let environment = ["HOME": "", "XDG_CACHE_HOME": "/nowhere", "TMPDIR": folder.path]
    let played = try FixtureProcess.play("> 1 + 1\n", environment: environment)
    #expect(played == "> 1 + 1\n_: Int = 2\n")
    // The session's folder went with the session.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }
}
