/// Names that stand before an EXPR and in the prompt, so they are plain words.
package enum RunnerName {
  /// Throws `CommandError` for a name that could not be typed everywhere.
  package static func check(_ name: String) throws(CommandError) {
    let isWord = name.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    guard isWord, name.first?.isLetter == true, name.count <= 40, name.utf8.count <= 200 else {
      throw .badRunnerName(name)
    }
  }
}
