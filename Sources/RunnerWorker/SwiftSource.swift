package import RunnerCore

/// Turns Swift into something that a runner can run, and keeps what it has declared.
///
/// Called from any thread; one compilation at a time, the others wait.
package protocol SwiftSource: Sendable {
  /// Whether there is a compiler that can be used.
  var isAvailable: Bool { get }

  /// Compiles and loads a cell; what it declares is known to the next ones from now on.
  ///
  /// - Throws: `CellRejection` when it does not compile, `RunnerError.abandoned` after `abandon()`,
  ///   `RunnerError` when there is no compiler that can be used.
  func compile(_ cell: CellRequest) throws -> CompiledCell

  /// Compiles and loads an expression that declares nothing.
  ///
  /// - Throws: as `compile`.
  func compile(expression: CellRequest) throws -> CompiledCell

  /// Returns the type of an expression, which is not loaded.
  ///
  /// - Throws: as `compile`.
  func type(of expression: CellRequest) throws -> String

  /// Reads the variables that are declared now; called where the code that changes them runs.
  func variables() -> [ValueBinding]

  /// Returns what can follow a half-typed piece of Swift: at once, or within a second or two.
  ///
  /// Called on its own thread; empty when there is no answer. Where nothing is asked, with two empty texts, it
  /// does beforehand what the next answer would have to wait for.
  func completions(after text: String, prefix: String) -> [SwiftCompletion]

  /// Lets cells name these runners where they have declared no such name.
  func give(runners: @escaping @Sendable () -> [Runner])

  /// Begins to do in the background what the first cell would have to wait for.
  func warmUp()

  /// Forgets all declarations.
  func forget()

  /// Ends the compilations in progress.
  func abandon()
}

extension SwiftSource {
  package func completions(after text: String, prefix: String) -> [SwiftCompletion] { [] }

  package func give(runners: @escaping @Sendable () -> [Runner]) {}

  package func warmUp() {}
}

/// A cell that can run.
package struct CompiledCell: Sendable {
  /// Its number in the session.
  package var number: Int
  package var coroutine: NamedCoroutine
  /// Reads what the cell has given names to so far.
  package var bindings: @Sendable () -> [ValueBinding]
  package var declaredNames: [String]
  package var compileTime: Duration
  package var warnings: [CellDiagnostic]

  package init(
    number: Int, coroutine: NamedCoroutine,
    bindings: @escaping @Sendable () -> [ValueBinding] = { [] },
    declaredNames: [String] = [], compileTime: Duration = .zero, warnings: [CellDiagnostic] = []
  ) {
    self.number = number
    self.coroutine = coroutine
    self.bindings = bindings
    self.declaredNames = declaredNames
    self.compileTime = compileTime
    self.warnings = warnings
  }
}
