private import RunnerCore

/// What running lost cells again can bring about, as far as that is known.
package struct ReplayPlan: Hashable, Sendable {
  /// How many cells there are.
  package var count: Int
  /// The numbers of those that printed something.
  package var printed: [Int]
  /// How many did something of which nobody knows what it changed in files or elsewhere.
  package var acting: Int

  /// Makes the plan; `onlyDeclares` tells of a text that running it can change nothing outside.
  package init(_ cells: [CellBook.Cell], onlyDeclares: (String) -> Bool) {
    count = cells.count
    printed = cells.filter(\.hasPrinted).map(\.number)
    acting = cells.count { !onlyDeclares($0.request.source) }
  }

  /// Whether a person has to be asked first.
  package var isDoubtful: Bool { !printed.isEmpty || acting > 0 }

  /// What there is to know before one says yes.
  package var sentence: String {
    var text = "to run again: \(CountLine.counted(count, "cell"))"
    if count == 1 {
      text += printed.isEmpty ? "" : ", which printed"
    } else if !printed.isEmpty {
      let which = CommandError.list(printed.map(String.init))
      text +=
        ", of which \(printed.count) printed (\(printed.count == 1 ? "cell" : "cells") \(which))"
    }
    guard acting > 0 else { return text }
    let actors = count == 1 ? "it" : acting == count ? "they" : "\(acting) of them"
    return text + "; what \(actors) changed in files or elsewhere is not known"
  }
}
