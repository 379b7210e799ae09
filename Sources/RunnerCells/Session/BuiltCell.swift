package import RunnerCellRuntime

/// A cell that is loaded and has not run.
package struct BuiltCell: Sendable {
  package let number: Int
  package let parts: CellParts
  /// The compiler's warnings.
  package let warnings: [CompilerDiagnostic]
  package let times: CellTimes
  /// The static type of its last expression, as one writes it.
  package var valueType: String? { program.valueType }

  let program: CellProgram
  let context: CellContext
}

/// Where the time went.
package struct CellTimes: Hashable, Sendable {
  package var reading: Duration
  package var compiling: Duration
  package var linking: Duration
  package var loading: Duration

  package var total: Duration { reading + compiling + linking + loading }
}

/// What a cell has done.
package struct CellOutcome: Hashable, Sendable {
  /// `name: Type = value` for what it declares, and for its last expression, which is called `_`.
  package let values: [CellValue]
  /// Whether later cells see its names.
  package let isKept: Bool
}
