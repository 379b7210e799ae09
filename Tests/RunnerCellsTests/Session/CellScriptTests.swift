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

  @Test(.timeLimit(.minutes(2)))
  func `a session that is played again compiles nothing`() throws {
    let cache = try TemporaryFolder()
    let environment = ["XDG_CACHE_HOME": cache.path]
    let session = """
      > :times
      > let x = 20
      > import Foundation
      . func half(_ n: Double) -> String { String(format: "%.1f", n / 2) }
      > half(Double(x))
      > _ + "!"

      """
    let first = try FixtureProcess.play(session, environment: environment)
    let second = try FixtureProcess.play(session, environment: environment)
    let marks = { (text: String) in text.split(separator: "\n").filter { $0.hasPrefix("compiled") }
    }
    #expect(marks(first) == Array(repeating: "compiled: true", count: 4))
    #expect(marks(second) == Array(repeating: "compiled: false", count: 4))
    #expect(second.hasSuffix("_: String = \"10.0!\"\n"))
    // Another cell in their midst, and what follows is compiled again.
    let other = try FixtureProcess.play(
      session.replacingOccurrences(of: "let x = 20", with: "let x = 22"),
      environment: environment)
    #expect(marks(other) == Array(repeating: "compiled: true", count: 4))
    #expect(other.hasSuffix("_: String = \"11.0!\"\n"))
  }

  @Test(.timeLimit(.minutes(1)))
  func `without a home and a cache folder cells work`() throws {
    let folder = try TemporaryFolder()
    let environment = ["HOME": "", "XDG_CACHE_HOME": "/proc/nowhere", "TMPDIR": folder.path]
    let played = try FixtureProcess.play("> 1 + 1\n", environment: environment)
    #expect(played == "> 1 + 1\n_: Int = 2\n")
    // The session's folder went with the session.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }
}
