/// The line under a listing that says how much of how much was shown.
package enum CountLine {
  /// Returns the line, or nothing where the listing speaks for itself: one row, and that is all.
  package static func render(
    shown: Int, matching: Int, total: Int, noun: String, isFiltered: Bool
  ) -> [StyledLine] {
    if shown < matching {
      let all = "\(shown) of \(counted(matching, noun)); --limit 0 shows all"
      let rest = isFiltered && matching < total ? " (\(matching) of \(total) match)" : ""
      return [StyledLine(all + rest, .dim)]
    }
    if isFiltered { return [StyledLine("\(matching) of \(counted(total, noun))", .dim)] }
    if shown == 0 { return [StyledLine("no \(noun)s", .dim)] }
    return shown == 1 ? [] : [StyledLine(counted(shown, noun), .dim)]
  }

  /// Returns a number with commas: `10,312`.
  package static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  /// Returns a number with its noun: `1 task`, `2 tasks`.
  package static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
