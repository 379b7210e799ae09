import Foundation
import GoldenTesting
import Testing

/// What the commands say of real tasks in a real program, beside the page that shows it.
@Suite(.serialized, .timeLimit(.minutes(2))) struct SuspensionTests {
  @Test(arguments: [("debug", "full"), ("public", "public"), ("off", "off")])
  func `the page is what is seen of each kind of suspension`(way: String, tier: String) throws {
    try compare(way, tier: tier, program: Bundle.main.sibling("suspension-fixture"))
  }

  /// `make test-release` builds the program for release and says where it is.
  private static let release = ProcessInfo.processInfo.environment["RELEASE_FIXTURE"]

  @Test(.enabled(if: release != nil, "'make test-release' runs it"))
  func `the page is what is seen in optimized code`() throws {
    let program = try #require(Self.release)
    try compare("release", tier: "full", program: URL(filePath: program))
  }

  @Test(arguments: [
    ("full", "", 2),
    ("public", "RUNNER_INTROSPECTION is 'public'.", 0),
    ("off", "RUNNER_INTROSPECTION is 'off'.", 0),
    (
      "on\u{1B}",
      "RUNNER_INTROSPECTION is 'on\\u{1B}', which is none of 'full', 'public' and 'off'; it was taken "
        + "as 'public'.", 0
    ),
  ])
  func `a listing says what the tier keeps from it`(tier: String, reason: String, children: Int)
    throws
  {
    let lines = try run(Bundle.main.sibling("suspension-fixture"), ["all"], tier: tier)
    let begin = "Child tasks of Swift's own and what they wait for are not known here. "
    #expect(lines.contains("\(2 + children) tasks"))
    #expect(lines.filter { $0.hasPrefix(begin) } == (reason.isEmpty ? [] : [begin + reason]))
    // Once in the table, once in the tree.
    #expect(lines.count { $0.contains("async let ") } == 2 * children)
    #expect(lines.count { $0.hasPrefix("it (2) suspended") } == 1)
  }

  private func compare(_ way: String, tier: String, program: URL) throws {
    var page = SuspensionPage(try Golden.text(of: SuspensionPage.path))
    #expect(page.text == (try Golden.text(of: SuspensionPage.path)))
    page.replace(way, with: try view(way, tier: tier, program))
    let text = try Golden.text(of: SuspensionPage.path, updatedTo: page.text)
    for kind in page.groups.flatMap(\.kinds) {
      let shown = SuspensionPage(text).groups.flatMap(\.kinds).first { $0.title == kind.title }
      #expect(shown?.rows[way] == kind.rows[way], "\(kind.title)")
    }
    #expect(text == page.text)
  }

  /// Asks the program for each kind.
  private func view(_ way: String, tier: String, _ program: URL) throws -> [SuspensionPage.Group] {
    var groups: [SuspensionPage.Group] = []
    for line in try run(program, [], tier: tier) {
      if line.hasPrefix("# ") {
        groups.append(SuspensionPage.Group(title: String(line.dropFirst(2)), kinds: []))
        continue
      }
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      let lines = try run(program, [parts[0]], tier: tier)
      let row = ["ps", "where", "why"].map { command in
        lines.filter { $0.hasPrefix(command + " ") }
          .map { $0.dropFirst(command.count).trimmingCharacters(in: .whitespaces) }
      }
      #expect(!row.joined().isEmpty, "\(parts[1])")
      groups[groups.count - 1].kinds.append(
        SuspensionPage.Kind(title: parts[1], rows: [way: row]))
    }
    return groups
  }

  private func run(_ program: URL, _ arguments: [String], tier: String) throws -> [String] {
    let process = Process()
    let output = Pipe()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ["RUNNER_INTROSPECTION": tier]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

extension Bundle {
  /// A product that was built beside this one.
  fileprivate func sibling(_ name: String) -> URL {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: name)
  }
}
