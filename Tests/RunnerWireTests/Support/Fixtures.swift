import Foundation
import Testing

/// The files of this suite, and the document that shows them.
enum Fixtures {
  /// The fixtures of version 1 by name, each the bytes of one line without its newline.
  static func all() throws -> [String: Data] {
    let folder = Bundle.module.bundleURL.appending(path: "Fixtures/v1")
    var fixtures: [String: Data] = [:]
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    for file in files where file.pathExtension == "json" {
      var bytes = try Data(contentsOf: file)
      if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
      fixtures[file.deletingPathExtension().lastPathComponent] = bytes
    }
    return fixtures
  }

  /// The examples of the reference by the name of their fixture.
  static func documented() throws -> [String: Data] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appending(path: "Docs/Reference/wire-protocol.md"), encoding: .utf8)
    var examples: [String: Data] = [:]
    for match in text.matches(of: /<!-- ([\w-]+)\.json -->\n```json\n((?s).*?)\n```/) {
      examples[String(match.1)] = Data(match.2.utf8)
    }
    return examples
  }

  /// The value of a JSON text, for comparisons that ignore spaces.
  static func value(of json: Data) throws -> NSDictionary {
    try #require(JSONSerialization.jsonObject(with: json) as? NSDictionary)
  }
}
