import Foundation
import Testing

@testable import RunnerTerminal

@Suite(.timeLimit(.minutes(1)))
struct HistoryFileTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path + "/state/runner-repl/history" }
  private var file: HistoryFile { HistoryFile(path: path) }

  init() throws {
    folder = try TemporaryFolder()
  }

  private func write(_ bytes: [UInt8]) throws {
    try folder.write("", to: "state/runner-repl/history")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func `the standard place follows XDG`() {
    #expect(
      HistoryFile.standardPath(environment: ["HOME": "/h"]) == "/h/.local/state/runner-repl/history"
    )
    #expect(
      HistoryFile.standardPath(environment: ["HOME": "/h", "XDG_STATE_HOME": "/s"])
        == "/s/runner-repl/history")
    #expect(
      HistoryFile.standardPath(environment: ["HOME": "/h", "XDG_STATE_HOME": "relative"])
        == "/h/.local/state/runner-repl/history")
    #expect(HistoryFile.standardPath(environment: [:]) == nil)
  }

  @Test func `entries come back as they were`() throws {
    let entries = ["one", "f {\n  \\n\n}", "back\\slash\\", "世界 \u{1B}", "tab\there"]
    #expect(try file.load() == [])
    for entry in entries { try file.append(entry) }
    #expect(try file.load() == entries)
  }

  @Test func `the file is for its owner only`() throws {
    try file.append("secret")
    #expect(try mode(path) == 0o600)
    #expect(try mode(folder.path + "/state/runner-repl") == 0o700)
  }

  @Test func `a file that others could read is closed to them`() throws {
    try write(Array("a\n".utf8))
    _ = try file.load()
    #expect(try mode(path) == 0o600)
  }

  @Test func `repeated entries are loaded once, at their latest place`() throws {
    for entry in ["a", "b", "a", "c", "b"] { try file.append(entry) }
    #expect(try file.load() == ["a", "c", "b"])
  }

  @Test func `a file that has grown too long is cut`() throws {
    let small = HistoryFile(path: path, limit: 3)
    for entry in ["a", "b", "c", "d", "d"] { try small.append(entry) }
    #expect(try small.load() == ["b", "c", "d"])
    #expect(try folder.read("state/runner-repl/history") == "b\nc\nd\n")
    #expect(try mode(path) == 0o600)
  }

  @Test func `invalid UTF-8 and unknown escapes spoil nothing else`() throws {
    try write(
      Array("good\n".utf8) + [0xFF, 0x61, 0x0A, 0x0A, 0x00, 0x0A] + Array("\\q\\\nlast".utf8))
    #expect(try file.load() == ["good", "\u{FFFD}a", "\0", "\\q\\", "last"])
    try file.append("new")
    #expect(try file.load().suffix(2) == ["last", "new"])
  }

  @Test func `a cut keeps the bytes of lines that are no text`() throws {
    try write(Array("a\n".utf8) + [0xFF, 0x0A] + Array("b\n".utf8))
    _ = try HistoryFile(path: path, limit: 2).load()
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data([0xFF, 0x0A, 0x62, 0x0A]))
  }

  @Test func `a linked file stays a link`() throws {
    try write(Array("a\nb\nc\n".utf8))
    let link = folder.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    #expect(try HistoryFile(path: link, limit: 2).load() == ["b", "c"])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
    #expect(try folder.read("state/runner-repl/history") == "b\nc\n")
  }

  @Test func `several sessions at once lose and mix nothing`() async throws {
    let path = path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for session in 0..<8 {
        group.addTask {
          let file = HistoryFile(path: path, limit: 10_000)
          for index in 0..<100 {
            try file.append("session \(session)\nentry \(index)")
            // A session with a lower limit rewrites the file meanwhile; nothing is above it here.
            if index % 25 == 0 { _ = try HistoryFile(path: path, limit: 800).load() }
          }
        }
      }
      try await group.waitForAll()
    }
    let entries = try file.load()
    #expect(entries.count == 800)
    for session in 0..<8 {
      let own = entries.filter { $0.hasPrefix("session \(session)\n") }
      #expect(own == (0..<100).map { "session \(session)\nentry \($0)" })
    }
  }

  @Test func `rewrites and appends at once keep the newest`() async throws {
    let path = path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for session in 0..<4 {
        group.addTask {
          let file = HistoryFile(path: path, limit: 50)
          for index in 0..<50 {
            try file.append("\(session) \(index)")
            _ = try file.load()
          }
        }
      }
      try await group.waitForAll()
    }
    let entries = try HistoryFile(path: path, limit: 50).load()
    #expect(entries.count == 50)
    // The last entry of each session can't have been cut before 50 others came.
    #expect(entries.allSatisfy { $0.split(separator: " ").count == 2 })
  }

  @Test func `10,000 entries load fast`() throws {
    let lines = (0..<10_000).map { "entry \($0) with some text and a \\\\n line\n" }.joined()
    try write(Array(lines.utf8))
    let start = ContinuousClock.now
    #expect(try file.load().count == 10_000)
    #expect(ContinuousClock.now - start < .seconds(1))
  }
}
