import Foundation

/// The page that documents JSON output: its examples by the command of their section.
struct JSONReference {
  var lines: [String]

  init(_ text: String) {
    lines = text.components(separatedBy: "\n")
  }

  var text: String { lines.joined(separator: "\n") }

  /// Returns the documented example of a command.
  func example(of command: String) -> String? {
    range(of: command).map { lines[$0].joined(separator: "\n") }
  }

  /// Puts a document, indented, in the place of the example.
  mutating func setExample(of command: String, to document: String) throws {
    guard let range = range(of: command) else { return }
    let object = try JSONSerialization.jsonObject(with: Data(document.utf8))
    let data = try JSONSerialization.data(
      withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    let text = String(decoding: data, as: UTF8.self)
      .replacing(/\[\s*\]/, with: "[]").replacing(" : ", with: ": ")
    lines.replaceSubrange(range, with: text.components(separatedBy: "\n"))
  }

  private func range(of command: String) -> Range<Int>? {
    guard let heading = lines.firstIndex(of: "## `\(command) --json`"),
      let start = lines[heading...].firstIndex(of: "```json"),
      let end = lines[start...].firstIndex(of: "```")
    else { return nil }
    return start + 1..<end
  }

  /// Returns every path of keys in a document: `tasks.wait.site.line`.
  static func keys(of document: String) throws -> Set<String> {
    var found: Set<String> = []
    func walk(_ value: Any, _ path: String) {
      if let object = value as? [String: Any] {
        for (key, value) in object {
          found.insert(path + key)
          walk(value, path + key + ".")
        }
      } else if let array = value as? [Any] {
        for element in array { walk(element, path) }
      }
    }
    walk(try JSONSerialization.jsonObject(with: Data(document.utf8)), "")
    return found
  }
}
