import FoundationEssentials

/// How many lines each file of a folder has.
struct LineCounts {
  private(set) var lines: [String: Int] = [:]

  var total: Int { lines.values.reduce(0, +) }

  /// Reads the files of a folder, but not those of the folders in it.
  init(ofFilesIn folder: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let path = folder + "/" + name
      // A file may be gone before it is read, and a folder cannot be.
      guard let content = try? Data(contentsOf: URL(filePath: path)) else { continue }
      lines[name] = content.count { $0 == UInt8(ascii: "\n") }
    }
  }

  /// What is different from before, one sentence for each file.
  func changes(since before: LineCounts) -> [String] {
    Set(lines.keys).union(before.lines.keys).sorted().compactMap { name in
      switch (before.lines[name], lines[name]) {
      case (let old?, let new?) where old != new: "\(name) has \(new) lines, before \(old)"
      case (nil, let new?): "\(name) is new and has \(new) lines"
      case (_?, nil): "\(name) is gone"
      default: nil
      }
    }
  }
}
