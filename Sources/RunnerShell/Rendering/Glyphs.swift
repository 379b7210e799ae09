/// The signs that are not letters, in one alphabet.
package struct Glyphs: Hashable, Sendable {
  /// Stands before what went well.
  package var check: String
  /// Stands between the parts of one line.
  package var dot: String
  /// Stands between a thing and what follows from it.
  package var arrow: String
  /// Stands for text that was cut.
  package var ellipsis: String
  /// The prefix of the unit for a millionth.
  package var micro: String
  /// Leads to a child that has later siblings.
  package var branch: String
  /// Leads to a last child.
  package var lastBranch: String
  /// Continues a line past a child.
  package var stem: String
  /// Marks where a cycle closes.
  package var cycle: String
  /// Stands behind the number of live tasks.
  package var live: String
  /// Turns while something is being done.
  package var spinner: [String]

  package static let unicode = Glyphs(
    check: "✓", dot: "·", arrow: "→", ellipsis: "…", micro: "µ", branch: "├─ ",
    lastBranch: "└─ ", stem: "│  ", cycle: "↺", live: "▶",
    spinner: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"])

  package static let ascii = Glyphs(
    check: "ok", dot: "-", arrow: "->", ellipsis: "...", micro: "u", branch: "|- ",
    lastBranch: "`- ", stem: "|  ", cycle: "(cycle)", live: ">",
    spinner: ["|", "/", "-", "\\"])
}
