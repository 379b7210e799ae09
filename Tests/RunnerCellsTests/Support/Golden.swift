import Foundation

/// Files that tests compare with what the code makes; `UPDATE_GOLDEN=1` writes them anew.
enum Golden {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The files of a folder beside this one, by name.
  static func names(in folder: String) -> [String] {
    let path = Self.folder.appending(path: folder).path()
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  static func path(of path: String) -> String { folder.appending(path: path).path() }

  static func text(of path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  /// The file's text, or the new one after writing it when the golden files are written anew.
  static func text(of path: String, updatedTo text: String) throws -> String {
    guard ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil else {
      return try Self.text(of: path)
    }
    try text.write(to: folder.appending(path: path), atomically: true, encoding: .utf8)
    return text
  }
}
