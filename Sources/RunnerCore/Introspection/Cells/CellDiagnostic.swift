/// What the compiler says about one place in a cell.
public struct CellDiagnostic: Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable {
    case error, warning, note
  }

  public var severity: Severity
  public var message: String
  /// The place, as the person counts: the line in its file or cell; `nil` when it has none.
  public var position: Position?
  /// The line of source at that place; `nil` when it is not known.
  public var sourceLine: String?
  /// What would mend it, each in a few words: `insert 'await '`.
  public var fixIts: [String]
  /// What the compiler adds to it.
  public var notes: [CellDiagnostic]

  /// A place in a cell.
  public struct Position: Hashable, Sendable {
    /// A file, or `cell 3`.
    public var file: String
    /// Counted from 1.
    public var line: Int
    /// Counted from 1, in bytes of UTF-8.
    public var column: Int
    /// How many bytes from there are meant; 1 at the least.
    public var length: Int

    public init(file: String, line: Int, column: Int, length: Int = 1) {
      self.file = file
      self.line = line
      self.column = column
      self.length = length
    }
  }

  public init(
    severity: Severity, message: String, position: Position? = nil, sourceLine: String? = nil,
    fixIts: [String] = [], notes: [CellDiagnostic] = []
  ) {
    self.severity = severity
    self.message = message
    self.position = position
    self.sourceLine = sourceLine
    self.fixIts = fixIts
    self.notes = notes
  }
}

/// The error of Swift that does not compile; nothing was run, and nothing has changed.
public struct CellRejection: Error, Hashable, Sendable {
  public var diagnostics: [CellDiagnostic]

  public init(diagnostics: [CellDiagnostic]) {
    self.diagnostics = diagnostics
  }
}
