/// A cell taken apart: what it declares and what it does, in the order of its text.
package struct CellParts: Hashable, Sendable {
  package let source: CellSource
  package let items: [CellItem]
  /// Every identifier of the text, whatever it stands for.
  let identifiers: Set<String>
  /// What it reads as a value and never calls, in functions too.
  let objects: Set<String>
  /// The names that it gives a value with `=`.
  let assigns: Set<String>
  /// Where a line's end or a `;` is missing between two statements.
  var missingSeparator: Int?

  /// The names that the cell declares, in order.
  package var declarations: [DeclaredName] { items.flatMap(\.declares) }

  /// A name among these that the cell reads as it runs, and neither assigns nor declares.
  func firstRead(of names: [String]) -> String? {
    let own = assigns.union(declarations.map(\.name))
    return names.first { name in
      !own.contains(name)
        && items.contains { $0.kind != .declaration && $0.mentions.contains(name) }
    }
  }

  /// Whether later cells can see something of it.
  package var isLasting: Bool {
    items.contains { item in
      switch item.kind {
      case .importing, .declaration, .binding, .unset: true
      case .asyncLet, .statement, .expression: false
      }
    }
  }

  /// Whether it is one expression and nothing else.
  package var isExpression: Bool {
    guard items.count == 1, case .expression = items[0].kind else { return false }
    return true
  }
}

/// A name that a cell declares.
package struct DeclaredName: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case constant = "let"
    case variable = "var"
    case function = "func"
    case type
    case `operator`
    case macro
  }

  package var name: String
  package var kind: Kind
  /// What else there is to know of a function.
  var head: FunctionHead?

  package init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// Whether an expression can name it.
  var isValue: Bool { kind == .constant || kind == .variable || kind == .function }
}

/// One item of a cell: a declaration, a statement or an expression.
package struct CellItem: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case importing
    /// Stands in the file as it is: a function, a type, an extension, a computed variable.
    case declaration
    /// Gives names a value.
    case binding(CellBinding)
    /// `let message: String`: a name without a value, and its type.
    case unset(type: String)
    /// `async let`: lives as long as the cell runs.
    case asyncLet
    case statement
    /// The last expression; its value is the cell's.
    case expression
  }

  package let kind: Kind
  /// Where it stands in the text, in bytes.
  package let range: Range<Int>
  package let declares: [DeclaredName]
  /// What its expressions name without a dot before it.
  let mentions: Set<String>
  /// Where `_` stands for the last value, in bytes.
  let lastValues: [Int]
  /// Where `nonisolated` has to be said of a constant of an actor that follows, in bytes.
  var openConstants: [Int] = []
}

/// A declaration with initialisers, or a `guard` that declares.
package struct CellBinding: Hashable, Sendable {
  /// From `let` or `var` to the end of the last initialiser; the whole of a `guard`.
  let core: Range<Int>
  /// What stands before `let` or `var`: `private`, `weak`, `@MainActor`.
  let prefix: String
  /// `willSet` and `didSet`.
  let observers: Range<Int>?
  /// An annotation that the global repeats, because it says more than the value's type.
  let annotation: String?
  /// The names, as the pattern of the global.
  let isVariable: Bool
}
