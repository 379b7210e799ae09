public import Foundation

/// Files that tests compare with what the code makes; `UPDATE_GOLDEN=1` writes them anew.
///
/// Paths begin at the folder of the package.
public enum Golden {
  public static var isUpdating: Bool { ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil }

  /// The folder of the package, from where this file was compiled.
  public static var package: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
  }

  /// Returns a file's text.
  public static func text(of path: String) throws -> String {
    try String(contentsOf: package.appending(path: path), encoding: .utf8)
  }

  /// Returns the file's text, after writing it anew when that was asked for.
  public static func text(of path: String, updatedTo text: String) throws -> String {
    if isUpdating {
      let file = package.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    return try Self.text(of: path)
  }

  /// Returns the names of the files in a folder, in order.
  public static func names(in folder: String) -> [String] {
    let path = package.appending(path: folder).path()
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}
