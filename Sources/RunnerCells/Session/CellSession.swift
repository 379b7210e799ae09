/// The cells of a session that count, and what their names mean now.
///
/// Cells that declare something form a chain: each imports the one before it. One that fails before everything it declares has a
/// value is never part of it.
package struct CellSession: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package let number: Int
    package let source: CellSource
    package let declarations: [DeclaredName]
    let isLasting: Bool

    var module: String { "Cell\(number)" }
  }

  /// In order; `:save` writes these.
  package private(set) var cells: [Entry] = []
  private let prelude: [String]
  private var nextNumber = 1
  /// The numbers that modules have, or are about to have.
  private var takenNumbers: Set<Int> = []
  private var lastValue: String?

  /// Creates a session whose cells see these modules.
  package init(prelude: [String]) { self.prelude = prelude }

  private var head: String? { cells.last { $0.isLasting }?.module }

  /// What the next cell sees.
  package var context: CellContext {
    var context = CellContext(
      prelude: prelude, head: head, lastValue: lastValue,
      owners: names.reduce(into: [:]) { owners, name in
        if name.declaration.isValue { owners[name.declaration.name] = name.module }
      })
    for declaration in cells.flatMap(\.declarations) {
      if declaration.kind == .type { context.types.insert(declaration.name) }
      guard let head = declaration.head else { continue }
      var heads = context.functions[declaration.name] ?? []
      heads.removeAll { $0.parameters == head.parameters }
      context.functions[declaration.name] = heads + [head]
    }
    return context
  }

  /// The names of the session, each as its newest declaration, in the order of those.
  package var names: [(declaration: DeclaredName, module: String)] {
    var names: [(declaration: DeclaredName, module: String)] = []
    for cell in cells {
      for declaration in cell.declarations {
        names.removeAll { $0.declaration.name == declaration.name }
        names.append((declaration, cell.module))
      }
    }
    return names
  }

  /// Takes a number for a cell that is going to be built: the wanted one, unless a module has it.
  mutating func reserve(_ wanted: Int? = nil) -> Int {
    var number = nextNumber
    if let wanted, wanted > 0, !takenNumbers.contains(wanted) { number = wanted }
    takenNumbers.insert(number)
    nextNumber = max(nextNumber, number + 1)
    return number
  }

  /// Gives numbers from this one on to cells that want none.
  mutating func skip(to number: Int) { nextNumber = max(nextNumber, number) }

  /// Gives back a number that no module was loaded for.
  mutating func release(_ number: Int) {
    takenNumbers.remove(number)
    if number == nextNumber - 1 { nextNumber = number }
  }

  /// Adds a cell that was built in this context and has run; returns whether it fits.
  ///
  /// It does not when another cell was added meanwhile: the two do not know each other.
  mutating func commit(
    _ number: Int, _ parts: CellParts, builtIn context: CellContext, hasValue: Bool
  ) -> Bool {
    guard head == context.head || !parts.isLasting else { return false }
    cells.append(
      Entry(
        number: number, source: parts.source, declarations: parts.declarations,
        isLasting: parts.isLasting))
    if hasValue { lastValue = "Cell\(number)" }
    return true
  }

  /// Forgets all names; numbers go on, because what is loaded stays loaded.
  mutating func reset() {
    cells = []
    lastValue = nil
  }
}

extension CellSession {
  /// The module whose declaration of a name is the newest.
  func owner(of name: String) -> String? {
    cells.last { $0.declarations.contains { $0.name == name } }?.module
  }
}
