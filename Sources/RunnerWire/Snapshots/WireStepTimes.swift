/// How long the steps of a loop took.
package struct WireStepTimes: Hashable, Sendable, Codable {
  package var count: UInt64
  package var median: Int64
  package var percentile90: Int64
  package var percentile99: Int64
  package var maximum: Int64

  private enum CodingKeys: String, CodingKey {
    case count
    case median = "medianNanoseconds"
    case percentile90 = "percentile90Nanoseconds"
    case percentile99 = "percentile99Nanoseconds"
    case maximum = "maximumNanoseconds"
  }
}
