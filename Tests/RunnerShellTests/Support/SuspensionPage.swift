import Foundation

/// The page that shows what `ps`, `where` and `why` say of each kind of suspension.
///
/// Up to the mark it is written by hand. Below, each kind has a heading and a table: one row for each
/// way in which the program was built or asked, those that say the same together.
struct SuspensionPage: Equatable {
  static let path = "Docs/Reference/introspection.md"

  /// The ways, in the order of their rows.
  static let ways = ["debug", "release", "public", "off"]

  /// What the three commands say, each as its lines.
  typealias Row = [[String]]

  struct Kind: Equatable {
    var title: String
    var rows: [String: Row] = [:]
  }

  struct Group: Equatable {
    var title: String
    var kinds: [Kind]
  }

  private static let mark = "<!-- What follows is generated. -->"

  private let preface: String
  var groups: [Group] = []

  /// Reads a page.
  init(_ text: String) {
    let parts = text.components(separatedBy: Self.mark)
    preface = parts[0]
    for line in parts.dropFirst().joined().split(separator: "\n") {
      if line.hasPrefix("## ") {
        groups.append(Group(title: String(line.dropFirst(3)), kinds: []))
      } else if line.hasPrefix("### "), !groups.isEmpty {
        groups[groups.count - 1].kinds.append(Kind(title: String(line.dropFirst(4))))
      } else if line.hasPrefix("| "), !line.hasPrefix("| |"), let group = groups.indices.last,
        let kind = groups[group].kinds.indices.last
      {
        let cells = line.dropFirst(2).dropLast(2).components(separatedBy: " | ")
        let row = cells.dropFirst().map(Self.lines)
        for way in cells[0].components(separatedBy: ", ") {
          groups[group].kinds[kind].rows[way] = row
        }
      }
    }
  }

  var text: String {
    var lines: [String] = []
    for group in groups {
      lines += ["## \(group.title)", ""]
      for kind in group.kinds {
        lines += ["### \(kind.title)", "", "| | `ps` | `where` | `why` |", "|---|---|---|---|"]
        lines += Self.table(kind.rows) + [""]
      }
    }
    return preface + Self.mark + "\n\n" + lines.joined(separator: "\n")
  }

  /// The kinds, as they are, with one row anew; those that are no more are gone.
  mutating func replace(_ way: String, with new: [Group]) {
    let old = Dictionary(
      groups.flatMap(\.kinds).map { ($0.title, $0.rows) }, uniquingKeysWith: { first, _ in first })
    groups = new.map { group in
      Group(
        title: group.title,
        kinds: group.kinds.map { kind in
          var rows = old[kind.title] ?? [:]
          rows[way] = kind.rows[way]
          return Kind(title: kind.title, rows: rows)
        })
    }
  }

  private static func table(_ rows: [String: Row]) -> [String] {
    var lines: [String] = []
    var done: Set<String> = []
    for way in ways where done.insert(way).inserted {
      guard let row = rows[way] else { continue }
      let same = ways.filter { rows[$0] == row }
      done.formUnion(same)
      let cells = [same.joined(separator: ", ")] + row.map(cell)
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    return lines
  }

  private static func cell(_ lines: [String]) -> String {
    lines.isEmpty
      ? "–" : lines.map { "`\($0.replacing("|", with: "\\|"))`" }.joined(separator: "<br>")
  }

  private static func lines(_ cell: String) -> [String] {
    if cell == "–" { return [] }
    return cell.components(separatedBy: "<br>").map { line in
      String(line.dropFirst().dropLast()).replacing("\\|", with: "|")
    }
  }
}
