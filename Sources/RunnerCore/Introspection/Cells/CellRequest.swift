/// A piece of Swift that was typed at a prompt, to be compiled and run as one task.
public struct CellRequest: Hashable, Sendable {
  public var source: String
  /// Where it stands; `nil` when it was typed, then diagnostics name the cell.
  public var file: String?
  /// The line on which it begins, counted from 1.
  public var firstLine: Int
  /// The number that it should have; it gets another one where a cell has that already.
  public var number: Int?

  public init(source: String, file: String? = nil, firstLine: Int = 1, number: Int? = nil) {
    self.source = source
    self.file = file
    self.firstLine = firstLine
    self.number = number
  }
}

/// What a cell is once it has been compiled: the run that it has become, and what it declares.
public struct CellStart: Hashable, Sendable {
  /// The number by which the session knows it: what it declares is in the module `Cell3`.
  public var number: Int
  public var job: JobSnapshot
  /// The names that it declares, in the order of the source.
  public var declaredNames: [String]
  /// How long the compiler took.
  public var compileTime: Duration
  /// What the compiler warned of.
  public var warnings: [CellDiagnostic]

  public init(
    number: Int, job: JobSnapshot, declaredNames: [String] = [], compileTime: Duration = .zero,
    warnings: [CellDiagnostic] = []
  ) {
    self.number = number
    self.job = job
    self.declaredNames = declaredNames
    self.compileTime = compileTime
    self.warnings = warnings
  }
}
