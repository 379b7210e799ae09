extension ValueTree {
  /// Takes a value apart.
  static func reading(_ value: Any, limits: Limits = Limits()) -> ValueTree {
    var reader = Reader(limits: limits)
    return reader.tree(value, depth: 0)
  }

  /// Walks through a value's mirror and counts what it has taken.
  private struct Reader {
    let limits: Limits
    private var parts = 0
    private var objects: Set<ObjectIdentifier> = []

    init(limits: Limits) { self.limits = limits }

    mutating func tree(_ value: Any, depth: Int) -> ValueTree {
      parts += 1
      if let text = ownText(of: value) { return .text(text) }
      let mirror = Mirror(reflecting: value)
      switch mirror.displayStyle {
      case .optional: return optional(mirror, depth)
      case .collection: return collection(mirror, "[", "]", isSorted: false, depth)
      case .set: return collection(mirror, "[", "]", isSorted: true, depth)
      case .dictionary: return dictionary(mirror, depth)
      default: break
      }
      if let text = describedText(of: value) { return .text(text) }
      switch mirror.displayStyle {
      case .tuple: return members(of: mirror, open: "(", depth)
      case .enum: return enumCase(value, mirror, depth)
      case .class, .foreignReference: return object(value, mirror, depth)
      case .struct: return structure(value, mirror, depth)
      default: return .text(plainText(of: value))
      }
    }

    // MARK: Texts

    private func ownText(of value: Any) -> String? {
      switch value {
      case let text as String: return quoted(text)
      case let text as Substring: return quoted(text)
      case let text as Character: return quoted(String(text))
      case let text as Unicode.Scalar: return text.debugDescription
      case let text as StaticString: return quoted(text.description)
      default: return nil
      }
    }

    private func quoted(_ text: some StringProtocol) -> String {
      let start = text.prefix(limits.characters)
      // The standard library escapes apostrophes too, which nobody writes.
      let quoted = Self.withoutEscapedApostrophes(String(start).debugDescription)
      guard start.endIndex < text.endIndex else { return quoted }
      return quoted + "… (\(text.count) characters)"
    }

    private static func withoutEscapedApostrophes(_ text: String) -> String {
      guard text.contains("'") else { return text }
      return text.split(separator: "\\'", omittingEmptySubsequences: false)
        .joined(separator: "'")
    }

    /// What the type itself says of its values.
    private func describedText(of value: Any) -> String? {
      if let value = value as? any CustomStringConvertible { return bounded(value.description) }
      if let value = value as? any CustomDebugStringConvertible {
        return bounded(value.debugDescription)
      }
      return nil
    }

    private func plainText(of value: Any) -> String {
      let type = TypeName.of(Swift.type(of: value))
      return type.contains("->") ? "(function)" : bounded(String(describing: value))
    }

    private func bounded(_ text: String) -> String {
      let start = text.prefix(limits.characters)
      return start.endIndex < text.endIndex ? start + "…" : text
    }

    private func typeName(of value: Any) -> String { TypeName.of(Swift.type(of: value)) }

    // MARK: Parts

    private mutating func optional(_ mirror: Mirror, _ depth: Int) -> ValueTree {
      guard let wrapped = mirror.children.first else { return .text("nil") }
      return tree(wrapped.value, depth: depth)
    }

    private mutating func collection(
      _ mirror: Mirror, _ open: String, _ close: String, isSorted: Bool, _ depth: Int
    ) -> ValueTree {
      guard depth < limits.depth || mirror.children.isEmpty else { return .text("[…]") }
      var elements: [Child] = []
      for child in mirror.children {
        guard hasRoom(elements.count) else { break }
        elements.append(Child(label: nil, value: tree(child.value, depth: depth + 1)))
      }
      if isSorted { elements.sort { $0.value.line < $1.value.line } }
      appendRest(&elements, of: mirror)
      return .group(open: open, elements, close: close)
    }

    private mutating func dictionary(_ mirror: Mirror, _ depth: Int) -> ValueTree {
      guard !mirror.children.isEmpty else { return .text("[:]") }
      guard depth < limits.depth else { return .text("[…]") }
      var elements: [Child] = []
      for child in mirror.children {
        guard hasRoom(elements.count) else { break }
        let pair = Array(Mirror(reflecting: child.value).children)
        guard pair.count == 2 else { continue }
        elements.append(
          Child(
            label: tree(pair[0].value, depth: depth + 1).line,
            value: tree(pair[1].value, depth: depth + 1)))
      }
      elements.sort { ($0.label ?? "") < ($1.label ?? "") }
      appendRest(&elements, of: mirror)
      return .group(open: "[", elements, close: "]")
    }

    private func hasRoom(_ taken: Int) -> Bool {
      taken < limits.elements && parts < limits.parts
    }

    private func appendRest(_ elements: inout [Child], of mirror: Mirror) {
      let rest = mirror.children.count - elements.count
      if rest > 0 { elements.append(Child(label: nil, value: .text("… \(rest) more"))) }
    }

    private mutating func enumCase(_ value: Any, _ mirror: Mirror, _ depth: Int) -> ValueTree {
      guard let payload = mirror.children.first, let name = payload.label else {
        return .text("." + bounded(String(describing: value)))
      }
      let inner = Mirror(reflecting: payload.value)
      if inner.displayStyle == .tuple { return members(of: inner, open: ".\(name)(", depth) }
      guard depth < limits.depth else { return .text(".\(name)(…)") }
      return .group(
        open: ".\(name)(", [Child(label: nil, value: tree(payload.value, depth: depth + 1))],
        close: ")")
    }

    private static let cellModulePrefix = "Cell"

    private mutating func object(_ value: Any, _ mirror: Mirror, _ depth: Int) -> ValueTree {
      let name = typeName(of: value)
      // A library's object that does not describe itself has nothing inside that is meant to be seen.
      guard Self.isOfCell(Swift.type(of: value)) else { return .text("\(name)(…)") }
      let identity = ObjectIdentifier(value as AnyObject)
      guard objects.insert(identity).inserted else { return .text("\(name)(…)") }
      defer { objects.remove(identity) }
      return members(of: mirror, open: name + "(", depth)
    }

    /// A library's structure that holds what cannot be shown is told by its type too.
    private mutating func structure(_ value: Any, _ mirror: Mirror, _ depth: Int) -> ValueTree {
      let name = typeName(of: value)
      let tree = members(of: mirror, open: name + "(", depth)
      guard !Self.isOfCell(Swift.type(of: value)), case .group(_, let shown, _) = tree,
        shown.count < mirror.children.count || shown.contains(where: \.value.isOpaque)
      else { return tree }
      return .text("\(name)(…)")
    }

    private mutating func members(
      of mirror: Mirror, open: String, _ depth: Int
    ) -> ValueTree {
      guard depth < limits.depth else { return .text(open + "…)") }
      var elements: [Child] = []
      var source: Mirror? = mirror
      var chain: [Mirror] = []
      while let next = source {
        chain.append(next)
        source = next.superclassMirror
      }
      for child in chain.reversed().flatMap({ Array($0.children) }) {
        if isInternal(child) { continue }
        guard parts < limits.parts else {
          elements.append(Child(label: nil, value: .text("…")))
          break
        }
        elements.append(
          Child(label: label(of: child), value: tree(child.value, depth: depth + 1)))
      }
      return .group(open: open, elements, close: ")")
    }

    /// What the compiler added, or what no text can be made of.
    private func isInternal(_ child: Mirror.Child) -> Bool {
      child.label?.hasPrefix("$") == true || child.label?.hasPrefix("_$") == true
        || _typeName(Swift.type(of: child.value), qualified: true).hasPrefix("Builtin.")
    }

    /// Whether the type was declared in a cell: in a module called `Cell6`.
    private static func isOfCell(_ type: Any.Type) -> Bool {
      let module = _typeName(type, qualified: true).prefix { $0 != "." }
      return module.hasPrefix(cellModulePrefix)
        && module.dropFirst(cellModulePrefix.count).allSatisfy(\.isNumber)
    }

    private func label(of child: Mirror.Child) -> String? {
      guard let label = child.label, !label.hasPrefix(".") else { return nil }
      return label
    }
  }
}
