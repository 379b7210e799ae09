/// The name of a type as one writes it: `[Int]` for `Array<Int>`.
enum TypeName {
  static func of(_ type: Any.Type) -> String {
    if let type = type as? any SugaredType.Type { return type.sugaredName }
    let name = sugared(_typeName(type, qualified: false))
    return isExistential(type) && name != "Any" && name != "AnyObject" ? "any " + name : name
  }

  /// Whether it is a protocol's box: the first word of a type's metadata says what kind it is.
  private static func isExistential(_ type: Any.Type) -> Bool {
    unsafeBitCast(type, to: UnsafePointer<Int>.self).pointee == 0x303
  }

  /// A type whose values cannot be copied is no `Any`; its name is asked for in the same way.
  static func ofNoncopyable<Value: ~Copyable>(_ type: Value.Type) -> String {
    of(unsafeBitCast(type, to: Any.Type.self))
  }

  /// Puts brackets and question marks where the runtime spells names out.
  static func sugared(_ name: String) -> String {
    var reader = Reader(Array(name))
    guard let sugared = reader.type(), reader.isAtEnd else { return name }
    return sugared
  }

  /// Reads a name; every function returns `nil` when it meets what it does not know.
  private struct Reader {
    private let characters: [Character]
    private var index = 0

    init(_ characters: [Character]) { self.characters = characters }

    var isAtEnd: Bool { index == characters.count }

    private func sees(_ text: String) -> Bool {
      characters[index...].starts(with: text)
    }

    private mutating func skip(_ text: String) -> Bool {
      guard sees(text) else { return false }
      index += text.count
      return true
    }

    mutating func type() -> String? {
      var prefix = ""
      for word in ["inout ", "__owned ", "__shared ", "any ", "some ", "nonisolated(nonsending) "]
      where skip(word) {
        prefix += word
      }
      while sees("@") {
        guard let space = characters[index...].firstIndex(of: " ") else { return nil }
        prefix += String(characters[index...space])
        index = space + 1
      }
      guard let name = sees("(") ? tupleOrFunction() : path() else { return nil }
      var result = prefix + name
      while skip(" & ") {
        guard let next = path() else { return nil }
        result += " & " + next
      }
      return result
    }

    private mutating func tupleOrFunction() -> String? {
      guard skip("("), let elements = list(until: ")", labelled: true) else { return nil }
      var result = "(" + elements.joined(separator: ", ") + ")"
      if skip(" async") { result += " async" }
      if skip(" throws") {
        result += " throws"
        if skip("(") {
          guard let error = type(), skip(")") else { return nil }
          result += "(\(error))"
        }
      }
      if skip(" -> ") {
        guard let value = type() else { return nil }
        result += " -> " + value
      }
      return result == "()" ? "Void" : result + metatypeSuffix()
    }

    private mutating func metatypeSuffix() -> String {
      for suffix in [".Type", ".Protocol"] where skip(suffix) { return suffix }
      return ""
    }

    private mutating func path() -> String? {
      var result = ""
      while true {
        let start = index
        while index < characters.count, !"<>(),. :&".contains(characters[index]) { index += 1 }
        guard index > start else { return nil }
        let name = String(characters[start..<index])
        if skip("<") {
          guard let arguments = list(until: ">", labelled: false) else { return nil }
          result += sugar(name, arguments)
        } else {
          result += name
        }
        guard sees("."), !sees("...") else { return result }
        index += 1
        result += "."
      }
    }

    private mutating func list(until end: String, labelled: Bool) -> [String]? {
      var elements: [String] = []
      while !skip(end) {
        if !elements.isEmpty, !skip(", ") { return nil }
        var label = ""
        if labelled, let colon = labelEnd() {
          label = String(characters[index..<colon]) + ": "
          index = colon + 2
        }
        guard let element = type() else { return nil }
        elements.append(label + element + (skip("...") ? "..." : ""))
      }
      return elements
    }

    private func labelEnd() -> Int? {
      let end = characters[index...].firstIndex { !($0.isLetter || $0.isNumber || $0 == "_") }
      guard let end, end > index, characters[end] == ":" else { return nil }
      return end
    }

    private func sugar(_ name: String, _ arguments: [String]) -> String {
      switch (name, arguments.count) {
      case ("Array", 1): return "[\(arguments[0])]"
      case ("Dictionary", 2): return "[\(arguments[0]): \(arguments[1])]"
      case ("Optional", 1):
        let wrapped = arguments[0]
        let isOneWord =
          !wrapped.contains(" -> ") && !wrapped.contains("any ") && !wrapped.contains(" & ")
        return isOneWord ? wrapped + "?" : "(\(wrapped))?"
      default: return "\(name)<\(arguments.joined(separator: ", "))>"
      }
    }
  }
}
