import Foundation
import Testing

@testable import RunnerCells

/// Whether there is a SourceKit to complete with.
private enum SourceKitLibrary {
  static let isThere: Bool = {
    let toolchain = try? Toolchain.discover(environment: ProcessInfo.processInfo.environment)
    return toolchain.map { FileReader.exists($0.sourceKit) } ?? false
  }()
}

/// Completion by the toolchain's SourceKit, in a process that `cell-fixture` starts.
@Suite(
  .serialized, .timeLimit(.minutes(2)),
  .enabled(
    if: SourceKitLibrary.isThere,
    "The toolchain has no libsourcekitdInProc.so, so nothing completes Swift here."))
struct CompletionSessionTests {
  /// What each `:complete` of a session brought.
  private func play(_ session: String) throws -> [[String]] {
    try ("\n" + FixtureProcess.play(session)).components(separatedBy: "\n> ")
      .filter { $0.hasPrefix(":complete") }
      .map { $0.split(separator: "\n").dropFirst().map(String.init) }
  }

  @Test func `rule 12: members and names come with their types`() throws {
    let answers = try play(
      """
      > struct Point { var x = 1; private var hidden = 2; func length(in unit: String) -> Double { 1 } }
      > let origin = Point()
      > func fetchAll(_ n: Int) async throws -> [String: Int] { [:] }
      > :complete origin.
      > :complete orig
      > :complete try await fetchAll(1).endI
      > :complete func f(p: Point) { let q = p; q.le
      > :complete try await slee
      > [3, 4]
      > :complete _.firs
      > let origin = "text"
      > :complete origin.lengt
      > :complete origin.uppercas
      > :complete Poin
      > :complete _cel

      """)
    #expect(
      answers == [
        ["length(in:  | (in: String) -> Double", "self | Point", "x | Int"], ["origin | Point"],
        ["endIndex | Dictionary<String, Int>.Index"], ["length(in:  | (in: String) -> Double"],
        [
          "sleep( | (seconds: Double) async throws", "sleep(for:  | (for: Duration) async throws",
        ],
        [
          "first | Int?", "first(where:  | (where: (Int) throws -> Bool) rethrows -> Int?",
          "firstIndex(of:  | (of: Int) -> Int?",
          "firstRange(of:  | (of: Collection) -> Range<Int>?",
          "firstIndex(where:  | (where: (Int) throws -> Bool) rethrows -> Int?",
        ],
        [], ["uppercased() | () -> String"], ["Point | struct"], [],
      ])
  }

  @Test func `rule 12: without names of its own a session completes what it sees`() throws {
    let answers = try play("> :complete Runner.Configur\n> :complete [1].removeLas\n")
    #expect(answers.first == ["Configuration | struct"])
    #expect(answers.last?.contains("removeLast() | () -> Int") == true)
  }

  @Test func `rule 12: completion is prepared once, and again for what a cell has declared`() throws
  {
    let session = try FixtureProcess.play(
      "> :prepare\n> :prepare\n> :complete [1].removeLas\n> let n = 1\n> :prepare\n> :prepare\n")
    let lines = session.split(separator: "\n").filter { $0.hasPrefix("prepared") }
    #expect(
      lines == ["prepared: true", "prepared: false", "prepared: true", "prepared: false"])
    #expect(session.contains("removeLast() | () -> Int"))
  }

  @Test func `what ends in the middle of a text crashes nothing`() throws {
    let answers = try play("> :complete \"a.\n> :complete }.\n> :complete \n> :complete [1].coun\n")
    #expect(answers.last?.first == "count | Int")
  }
}
