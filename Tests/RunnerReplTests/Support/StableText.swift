import Foundation

/// What is the same each time: the parts of a screen that differ from run to run are replaced.
struct StableText {
  /// Whether a time is one that differs, and none that is always said.
  var replacesTimes = true
  /// Texts that stand for something, such as the path of a folder of this run.
  var names: [(text: String, name: String)] = []

  private static var time: some RegexComponent {
    /\b[0-9]+(\.[0-9]+)? ?(ms|µs|s|min|h|d)\b( [0-9]+ ?(s|min|h)\b)*/
  }

  func callAsFunction(_ text: String) -> String {
    var text = text
    for (found, name) in names { text = text.replacing(found, with: name) }
    // What was typed is the same each time.
    if text.hasPrefix("main> ") || text.hasPrefix("main (closed)> ") || text.hasPrefix("....> ") {
      return text
    }
    if replacesTimes { text = text.replacing(Self.time, with: "N s") }
    return
      text
      .replacing(/^(  (thread|iterations) +)[0-9]+$/) { "\($0.1)N" }
      .replacing(/( cancelled after )[0-9.]+ (ms|µs|s)$/) { "\($0.1)N s" }
      .replacing(/\b[0-9]+\.[0-9] %/, with: "N %")
      .replacing(/^  [0-9]+ library frames folded/, with: "  N library frames folded")
      .replacing(/\b([A-Z][A-Za-z+]*\.swift):[0-9]+/) { "\($0.1):N" }
      .replacing(/\bSwift [0-9]+\.[0-9]+(\.[0-9]+)?/, with: "Swift 6.N")
  }

  /// Lines of which tables are laid out anew, because what was replaced may have had any width.
  func lines(_ lines: [String]) -> [String] {
    var result: [String] = []
    var rows = lines[...]
    while let first = rows.first {
      // A header's words are capitals.
      guard first.contains(/^ *[A-Z]{2,}( [A-Z]+)*  +[A-Z]{2,}/) else {
        result.append(self(first))
        rows.removeFirst()
        continue
      }
      let table = rows.prefix { $0.contains("  ") }
      result += Self.aligned(
        table.map(Self.cells(columns: Self.columns(of: Array(table)))).map {
          $0.map(self.callAsFunction)
        })
      rows = rows.dropFirst(table.count)
    }
    return result
  }

  /// The places where all lines have two blanks or more end a column.
  private static func columns(of lines: [String]) -> [Range<Int>] {
    let rows = lines.map(Array.init)
    let width = rows.map(\.count).max() ?? 0
    let blank = (0..<width).map { index in
      rows.allSatisfy { index >= $0.count || $0[index] == " " }
    }
    var columns: [Range<Int>] = []
    var start = 0
    while start < width {
      var end = start
      while end < width, !(blank[end] && (end + 1 >= width || blank[end + 1])) { end += 1 }
      columns.append(start..<end)
      start = blank[end...].firstIndex(of: false) ?? width
    }
    return columns
  }

  private static func cells(columns: [Range<Int>]) -> (String) -> [String] {
    { line in
      let line = Array(line)
      return columns.map { range in
        String(line[min(range.lowerBound, line.count)..<min(range.upperBound, line.count)])
          .trimmingCharacters(in: .whitespaces)
      }
    }
  }

  private static func aligned(_ rows: [[String]]) -> [String] {
    guard let first = rows.first else { return [] }
    let widths = first.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { cells in
      zip(cells, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
        .joined(separator: "  ").trimmingCharacters(in: .whitespaces)
    }
  }
}
