/// A way to go on in a half-typed cell.
package struct CellCompletion: Hashable, Sendable {
  /// What replaces the beginning of the word: a name, up to where an argument is to be typed.
  package var text: String
  /// Its type, or what it is.
  package var note: String

  package init(text: String, note: String) {
    self.text = text
    self.note = note
  }
}

extension CellCompletion {
  /// Makes a completion of what SourceKit says; `nil` for what nobody would want to type here.
  ///
  /// - Parameters:
  ///   - source: What would be inserted, with `<#…#>` where an argument is to be typed.
  ///   - description: The same with the types of its arguments, and its effects.
  ///   - type: The type of its value; empty when it has none.
  ///   - kind: `source.lang.swift.decl.struct`, for example.
  init?(source: String, description: String, type: String, kind: String) {
    text = Self.untilArgument(source)
    // What cells are made of is no name of the person's, and `#…` is for editors with pictures.
    guard let first = text.first, first.isLetter || first == "_" || first == "`",
      !text.hasPrefix("_cell_"), !text.hasPrefix("runner_cell_")
    else { return nil }
    let word = kind.split(separator: ".").last.map(String.init) ?? ""
    switch true {
    case kind.contains(".keyword"), kind.contains(".literal"): note = type
    case Self.types.contains(word): note = word
    case description.contains("("):
      let signature = description.drop { $0 != "(" }
      note = type.isEmpty || type == "Void" ? String(signature) : "\(signature) -> \(type)"
    default: note = type
    }
  }

  private static let types: Set<String> = [
    "struct", "class", "enum", "protocol", "typealias", "actor", "module", "macro",
    "associatedtype",
  ]

  private static func untilArgument(_ source: String) -> String {
    guard let start = source.indices.first(where: { source[$0...].hasPrefix("<#") }) else {
      return source
    }
    return String(source[..<start])
  }

  /// Makes one of those that would insert the same text, and drops what does not begin as was typed.
  static func choices(
    _ completions: [CellCompletion], prefix: String, limit: Int
  ) -> [CellCompletion] {
    var order: [String] = []
    var notes: [String: [String]] = [:]
    for completion in completions where completion.text.hasPrefix(prefix) {
      if notes[completion.text] == nil { order.append(completion.text) }
      if notes[completion.text]?.contains(completion.note) ?? false { continue }
      notes[completion.text, default: []].append(completion.note)
    }
    return order.prefix(limit).map { text in
      let all = notes[text] ?? []
      let more = all.count > 1 ? ", and \(all.count - 1) more" : ""
      return CellCompletion(text: text, note: (all.first ?? "") + more)
    }
  }
}
