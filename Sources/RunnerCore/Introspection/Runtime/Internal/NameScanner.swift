/// Reads one declaration of a demangled name: `static M.Type<A>.name(label: Swift.Int) async ->
/// ()`.
struct NameScanner {
  let short: String
  private(set) var module: String?

  init(_ text: Substring) {
    for kind in ["closure #", "implicit closure #", "autoclosure #"] where text.hasPrefix(kind) {
      let number = text.dropFirst(kind.count).prefix { $0.isNumber }
      short = kind + number
      return
    }
    var text = text
    for prefix in ["variable initialization expression of ", "static ", "class "]
    where text.hasPrefix(prefix) {
      text = text.dropFirst(prefix.count)
    }
    var extended: Substring?
    if text.hasPrefix("(extension in "), let close = text.firstRange(of: "):") {
      extended = text[..<close.lowerBound].dropFirst("(extension in ".count)
      text = text[close.upperBound...]
    }
    let (path, parameters) = Self.cutParameters(text)
    // `Type.(in _HASH).init`: an initialiser that is private has no name to stand before the hash.
    var components = Self.split(path, at: ".").filter { !$0.hasPrefix("(in _") }.map(Self.name)
    // A local function stands alone; its module is at the end of the chain.
    let isLocal = path.contains(" #")
    if !isLocal, components.count > 1 { module = String(components.removeFirst()) }
    if !isLocal, components.count == 1, module == nil, parameters == nil {
      module = String(components[0])
    }
    if let extended { module = String(extended) }
    if components.count > 1, components.last == "getter" { components.removeLast() }
    short = components.joined(separator: ".") + (parameters.map(Self.labels) ?? "")
  }

  /// Splits where the separator stands outside of all brackets.
  static func split(
    _ text: Substring, at separator: String, limit: Int = .max
  ) -> [Substring] {
    let bytes = text.utf8
    let pattern = Array(separator.utf8)
    var parts: [Substring] = []
    var depth = 0
    var start = bytes.startIndex
    var index = bytes.startIndex
    var previous: UInt8 = 0
    while index < bytes.endIndex {
      let byte = bytes[index]
      if depth == 0, parts.count + 1 < limit, byte == pattern[0],
        bytes[index...].starts(with: pattern)
      {
        parts.append(text[start..<index])
        index = bytes.index(index, offsetBy: pattern.count)
        start = index
        previous = 0
        continue
      }
      depth += Self.step(byte, after: previous)
      previous = byte
      index = bytes.index(after: index)
    }
    parts.append(text[start...])
    return parts
  }

  /// How a byte changes the depth of brackets; the `>` of an arrow does not.
  private static func step(_ byte: UInt8, after previous: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: "<"), UInt8(ascii: "["): 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"): -1
    case UInt8(ascii: ">"): previous == UInt8(ascii: "-") ? 0 : -1
    default: 0
    }
  }

  /// Cuts a declaration into its path and what stands in the parameters' parentheses, if it has
  /// some.
  private static func cutParameters(_ text: Substring) -> (path: Substring, Substring?) {
    let bytes = text.utf8
    var depth = 0
    var previous: UInt8 = 0
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      // `(name in _HASH)`, a private name, begins a component.
      let beginsComponent = previous == UInt8(ascii: ".") || previous == 0
      if depth == 0, byte == UInt8(ascii: "("), !beginsComponent {
        let inside = bytes.index(after: index)
        return (trimmed(text[..<index]), text[inside..<closing(text, from: inside)])
      }
      if depth == 0, byte == UInt8(ascii: " "), bytes[index...].starts(with: " : ".utf8) {
        return (text[..<index], nil)
      }
      depth += step(byte, after: previous)
      previous = byte
      index = bytes.index(after: index)
    }
    return (text, nil)
  }

  /// Where the parenthesis closes whose inside begins at `start`.
  private static func closing(_ text: Substring, from start: Substring.Index) -> Substring.Index {
    var depth = 0
    var previous: UInt8 = 0
    for index in text.utf8.indices[start...] {
      depth += step(text.utf8[index], after: previous)
      if depth < 0 { return index }
      previous = text.utf8[index]
    }
    return text.endIndex
  }

  private static func trimmed(_ path: Substring) -> Substring {
    var path = path
    for suffix in [" infix", " prefix", " postfix", " "] where path.hasSuffix(suffix) {
      path = path.dropLast(suffix.count)
    }
    return path
  }

  /// A component without generic arguments, private discriminator and number.
  private static func name(_ component: Substring) -> Substring {
    var component = component
    if component.hasPrefix("("), let end = component.firstRange(of: " in _") {
      component = component[..<end.lowerBound].dropFirst()
    }
    if let generic = component.firstIndex(of: "<"), generic != component.startIndex {
      component = component[..<generic]
    }
    if let number = component.firstRange(of: " #") { component = component[..<number.lowerBound] }
    return component
  }

  /// The labels of parameters: `(_:retries:)`.
  private static func labels(_ parameters: Substring) -> String {
    if parameters.isEmpty { return "()" }
    let labels = split(parameters, at: ", ").map { parameter -> String in
      let label = parameter.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      let isLabel = !label.isEmpty && parameter[label.endIndex...].hasPrefix(": ")
      return (isLabel ? String(label) : "_") + ":"
    }
    return "(" + labels.joined() + ")"
  }
}
