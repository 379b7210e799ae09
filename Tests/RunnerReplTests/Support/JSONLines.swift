import Foundation
import Testing

/// The documents in an output, one on each line.
func documents(_ output: String) throws -> [[String: Any]] {
  try output.split(separator: "\n").map { line in
    let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
    return try #require(value as? [String: Any], "\(line) is no JSON object")
  }
}
