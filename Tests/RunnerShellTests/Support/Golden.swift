import Foundation

/// Files that tests compare with what the code makes; `UPDATE_GOLDEN=1` writes them anew.
enum Golden {
  static var isUpdating: Bool { ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil }

  /// The folder of the package, from where this file was compiled.
  static var package: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
  }

  /// Returns the file's text, after writing it anew when that was asked for.
  static func text(of path: String, updatedTo text: String) throws -> String {
    let file = package.appending(path: path)
    if isUpdating {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    return try String(contentsOf: file, encoding: .utf8)
  }

  /// Returns the names of the transcripts.
  static var transcripts: [String] {
    let folder = package.appending(path: "Tests/RunnerShellTests/Transcripts")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".txt") }.sorted()
  }
}
