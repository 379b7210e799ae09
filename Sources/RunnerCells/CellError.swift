/// Why a cell could not be made or run.
package struct CellError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Code: Hashable, Sendable {
    /// The compiler does not accept the cell; `diagnostics` say why.
    case rejected
    /// The text lacks its end.
    case incomplete
    /// There is nothing in the text.
    case empty
    /// There is no compiler, or a part of it is missing.
    case noToolchain
    /// The compiler is not the one that built this program.
    case otherVersion
    /// The program's own modules are missing.
    case noModules
    /// The build was cancelled.
    case cancelled
    /// The compiler crashed, or the linker or the loader failed.
    case failed
  }

  package let code: Code
  /// One full sentence: what happened, to what, and what to do next.
  package let message: String
  /// What the compiler says, errors first.
  package var diagnostics: [CompilerDiagnostic]

  package init(_ code: Code, _ message: String, diagnostics: [CompilerDiagnostic] = []) {
    self.code = code
    self.message = message
    self.diagnostics = diagnostics
  }

  /// The diagnostics as they are shown, or the sentence.
  package var description: String {
    diagnostics.isEmpty ? message : diagnostics.map(\.text).joined(separator: "\n")
  }

  /// The names that the compiler did not find; a prompt may know better.
  package var unknownNames: [String] {
    diagnostics.compactMap { diagnostic in
      let parts = diagnostic.message.split(separator: "'", omittingEmptySubsequences: false)
      guard parts.count == 3, parts[0].hasPrefix("cannot find "), parts[2].hasPrefix(" in scope")
      else { return nil }
      return String(parts[1])
    }
  }
}
