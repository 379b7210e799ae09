import Foundation
import Testing

@testable import RunnerCells

@Suite struct CellCacheTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func key(_ parts: String...) -> CellKey {
    var key = CellKey()
    for part in parts { key.add(part) }
    return key
  }

  /// A session's folder, with the files of a cell in it if need be.
  private func session(_ name: String, with content: String? = nil) throws -> String {
    let path = "\(folder.path)/\(name)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for suffix in [".so", ".swiftmodule"] where content != nil {
      try content?.write(toFile: "\(path)/Cell1\(suffix)", atomically: true, encoding: .utf8)
    }
    return path
  }

  @Test func `keys depend on every part and on where it ends`() {
    #expect(key("a", "b") == key("a", "b"))
    #expect(key("a", "b") != key("ab"))
    #expect(key("a", "b") != key("b", "a"))
    #expect(key("a", "") != key("a"))
    #expect("\(key("a"))".count == 32)
  }

  @Test func `what was stored is found again, whole`() throws {
    let cache = try #require(CellCache(in: folder.path))
    let (first, second) = (try session("first", with: "code"), try session("second"))
    #expect(cache.restore(key("a"), module: "Cell1", to: second) == nil)
    cache.store(key("a"), module: "Cell1", from: first, libraries: ["Foundation", "m"])
    #expect(cache.restore(key("a"), module: "Cell1", to: second) == ["Foundation", "m"])
    #expect(try String(contentsOfFile: second + "/Cell1.so", encoding: .utf8) == "code")
    #expect(cache.restore(key("b"), module: "Cell1", to: second) == nil)
  }

  @Test func `half a cell is never stored`() throws {
    let cache = try #require(CellCache(in: folder.path))
    let session = try session("first", with: "code")
    try FileManager.default.removeItem(atPath: session + "/Cell1.swiftmodule")
    cache.store(key("a"), module: "Cell1", from: session, libraries: [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/cells") == [])
  }

  @Test func `storing a cell twice is as good as once`() throws {
    let cache = try #require(CellCache(in: folder.path))
    let session = try session("first", with: "code")
    for _ in 1...2 {
      cache.store(key("a"), module: "Cell1", from: session, libraries: [])
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/cells")
    #expect(names == ["\(key("a"))"])
  }

  @Test func `what nobody used for a month goes`() throws {
    let cache = try #require(CellCache(in: folder.path))
    let session = try session("first", with: "code")
    cache.store(key("old"), module: "Cell1", from: session, libraries: [])
    cache.store(key("new"), module: "Cell1", from: session, libraries: [])
    let old = Date(timeIntervalSinceNow: -32 * 24 * 60 * 60)
    try FileManager.default.setAttributes(
      [.modificationDate: old], ofItemAtPath: "\(folder.path)/cells/\(key("old"))")
    _ = CellCache(in: folder.path)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/cells")
    #expect(names == ["\(key("new"))"])
  }

  @Test func `without a folder there is no cache`() {
    if CellCache(in: nil) != nil { Issue.record("there is one") }
    #expect(CacheFolder.path(environment: ["HOME": ""]) == nil)
    #expect(CacheFolder.path(environment: ["XDG_CACHE_HOME": "/proc/nowhere"]) == nil)
    let path = folder.path + "/deep"
    #expect(
      CacheFolder.path(environment: ["XDG_CACHE_HOME": path, "HOME": "/"])
        == path + "/runner-repl")
  }
}
