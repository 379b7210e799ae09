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
    changes = names.filter { old[$0] != new[$0] }.sorted().map {
      Change(name: $0, left: old[$0], right: new[$0])
    }
    agreeing = names.count - changes.count
  }

  private static func values(_ context: ContextSnapshot) -> [String: ValueSnapshot] {
    Dictionary(context.entries.map { ($0.name, $0.value) }) { first, _ in first }
  }
}
