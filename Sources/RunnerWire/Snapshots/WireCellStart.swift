/// What a cell is once it has been compiled.
package struct WireCellStart: Hashable, Sendable, Codable {
  package var number: Int
  package var job: WireJobSnapshot
  package var declaredNames: [String]
  package var compileTime: Int64
  package var warnings: [WireCellDiagnostic]

  private enum CodingKeys: String, CodingKey {
    case number
    case job
    case declaredNames
    case compileTime = "compileTimeNanoseconds"
    case warnings
  }
}
