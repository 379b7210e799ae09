/// The known name that someone who mistyped probably meant.
enum NearestName {
  /// Returns the nearest name, or `nil` when none is near.
  static func of(_ mistyped: Substring, among names: [String]) -> String? {
    // Nothing so long can be near to a name, and the distance costs its square.
    guard mistyped.utf8.count <= 40 else { return nil }
    let wanted = mistyped.lowercased()
    if wanted.utf8.count >= 3,
      let longer = names.first(where: { $0.lowercased().hasPrefix(wanted) })
    {
      return longer
    }
    let allowed = max(1, wanted.count / 3)
    let nearest = names.map { (name: $0, distance: distance(wanted, $0.lowercased())) }
      .min { $0.distance < $1.distance }
    guard let nearest, nearest.distance <= allowed else { return nil }
    return nearest.name
  }

  /// How many characters must be put in, left out or replaced to make one of the other.
  private static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (i, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let replaced = diagonal + (character == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
