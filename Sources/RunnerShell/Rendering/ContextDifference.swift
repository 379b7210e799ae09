package import RunnerCore

/// What two contexts do not agree on.
package struct ContextDifference: Hashable, Sendable {
  /// A variable that has another value in each, or none in one.
  package struct Change: Hashable, Sendable {
    package var name: String
    package var left: ValueSnapshot?
    package var right: ValueSnapshot?
  }

  package let left: ContextSnapshot
  package let right: ContextSnapshot
  /// The variables that differ, by name.
  package let changes: [Change]
  /// How many variables have one value in both.
  package let agreeing: Int

  /// Compares two contexts.
  package init(_ left: ContextSnapshot, _ right: ContextSnapshot) {
    self.left = left
    self.right = right
    let (old, new) = (Self.values(left), Self.values(right))
    let names = Set(old.keys).union(new.keys)
    // Not by their texts alone: two long ones can begin alike.
    changes = names.filter { old[$0] != new[$0] }.sorted().map {
      Change(name: $0.text, left: old[$0]?.value, right: new[$0]?.value)
    }
    agreeing = names.count - changes.count
  }

  /// A variable; those of one name are told apart by their places.
  private struct Name: Hashable, Comparable {
    var text: String
    var place: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.text, left.place) < (right.text, right.place)
    }
  }

  private static func values(_ context: ContextSnapshot) -> [Name: ContextSnapshot.Entry] {
    var places: [String: Int] = [:]
    var values: [Name: ContextSnapshot.Entry] = [:]
    for entry in context.entries {
      let place = places[entry.name, default: 0]
      places[entry.name] = place + 1
      values[Name(text: entry.name, place: place)] = entry
    }
    return values
  }
}
