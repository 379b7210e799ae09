/// What the compiler says about one place in a cell.
package struct WireCellDiagnostic: Hashable, Sendable, Codable {
  package enum Severity: String, Hashable, Sendable, Codable {
    case error, warning, note
  }

  package struct Position: Hashable, Sendable, Codable {
    package var file: String
    package var line: Int
    package var column: Int
    package var length: Int
  }

  package var severity: Severity
  package var message: String
  package var position: Position?
  package var sourceLine: String?
  package var fixIts: [String]
  package var notes: [WireCellDiagnostic]
}
