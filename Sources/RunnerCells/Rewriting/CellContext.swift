/// What a cell can see of the session before it.
package struct CellContext: Hashable, Sendable {
  /// The modules that a session begins with.
  package var prelude: [String]
  /// The module of the newest cell that declares something; it leads to all others that do.
  package var head: String?
  /// The module whose cell made the last value, `_`.
  package var lastValue: String?
  /// The module that declares each variable and function, the newest one.
  package var owners: [String: String]
  /// Objects of the program that no cell has declared, and their type with its module.
  package var given: Set<String>
  package var givenType: String
  /// The types that cells have declared.
  package var types: Set<String> = []
  /// The newest functions of each name, one for each list of parameters.
  var functions: [String: [FunctionHead]] = [:]

  package init(
    prelude: [String] = [], head: String? = nil, lastValue: String? = nil,
    owners: [String: String] = [:], given: Set<String> = [], givenType: String = ""
  ) {
    self.prelude = prelude
    self.head = head
    self.lastValue = lastValue
    self.owners = owners
    self.given = given
    self.givenType = givenType
  }
}

/// A cell as the compiler gets it.
package struct GeneratedCell: Hashable, Sendable {
  /// The module's name: `Cell6`.
  package var module: String
  /// The C name of the function that returns the program.
  package var entry: String
  package var text: String
  /// What the compiler may complain of though it is our doing: variables that never change.
  package var variables: Set<String>
  /// Names that end with the cell.
  package var asyncLets: Set<String> = []
  /// The types of this cell and of those before it.
  var types: Set<String> = []
  /// Whether it says of functions of earlier cells that they are replaced.
  var hasReplacements = false
  /// Where the columns are not those of the text.
  var shift: SourceWriter.Shift?
}
