/// The items of a cell from its first `async let` on, when some of them need its names.
///
/// An `async let` lives in the closure that declares it. What is made of it must be computed there too,
/// and leaves it as part of one value.
struct LocalGroup {
  /// The index of the first `async let`.
  let start: Int
  /// What leaves the closure, in order.
  let names: [String]
  /// `let`, unless one of them may be changed.
  let specifier: String
  private let locals: Set<Range<Int>>

  /// Creates the group, or `nil` when no name that lasts depends on an `async let`.
  init?(_ items: [CellItem]) {
    guard let start = items.firstIndex(where: { $0.kind == .asyncLet }) else { return nil }
    var hidden: Set<String> = []
    var names: [String] = []
    var locals: Set<Range<Int>> = []
    var specifier = "let"
    for item in items[start...] {
      switch item.kind {
      case .asyncLet: hidden.formUnion(item.declares.map(\.name))
      case .binding where !hidden.isDisjoint(with: item.mentions):
        hidden.formUnion(item.declares.map(\.name))
        names += item.declares.map(\.name)
        locals.insert(item.range)
        if item.declares.contains(where: { $0.kind == .variable }) { specifier = "var" }
      case .expression where !hidden.isDisjoint(with: item.mentions):
        names.append("_cell_value")
        locals.insert(item.range)
      default: break
      }
    }
    guard !names.isEmpty else { return nil }
    self.start = start
    self.names = names
    self.locals = locals
    self.specifier = specifier
  }

  /// Whether the item is computed in the closure.
  func isLocal(_ item: CellItem) -> Bool { locals.contains(item.range) }
}
