/// Finds what someone who mistyped a name probably meant; for the tools above.
package enum NearestName {
  /// Returns the candidate that is nearest to the text, or `nil` when none is near.
  package static func of(_ text: String, in candidates: [String]) -> String? {
    // Nothing so long can be near to a name, and the distance costs its square.
    guard text.count <= 40 else { return nil }
    let beginning = text.lowercased()
    if text.count >= 3,
      let longer = candidates.first(where: { $0.lowercased().hasPrefix(beginning) })
    {
      return longer
    }
    let allowed = text.count <= 3 ? 1 : 2
    return
      candidates
      .map { ($0, distance(text.lowercased(), $0.lowercased())) }
      .filter { $0.1 <= allowed && $0.1 < $0.0.count }
      .min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
  }

  /// Returns how many characters are inserted, removed, replaced or swapped with their neighbour.
  private static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var twoAbove: [Int] = []
    var above = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      for column in 1...right.count {
        let isSame = left[row - 1] == right[column - 1]
        var best = min(above[column], current[column - 1]) + 1
        best = min(best, above[column - 1] + (isSame ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          best = min(best, twoAbove[column - 2] + 1)
        }
        current.append(best)
      }
      (twoAbove, above) = (above, current)
    }
    return above[right.count]
  }
}
