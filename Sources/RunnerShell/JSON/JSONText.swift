private import Foundation

/// Encodes documents for a pipe or a screen.
package enum JSONText {
  /// Returns the document on one line, keys sorted, with nothing that a terminal would act on.
  package static func encode(_ document: some JSONDocument, _ spec: RenderSpec) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return escaped(String(decoding: try encoder.encode(document), as: UTF8.self), spec)
  }

  /// Replaces what `VisibleText` would not let through; outside of strings JSON is plain ASCII.
  private static func escaped(_ text: String, _ spec: RenderSpec) -> String {
    guard text.utf8.contains(where: { $0 >= 0x7F }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if VisibleText.needsEscape(scalar, spec) {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
        }
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
