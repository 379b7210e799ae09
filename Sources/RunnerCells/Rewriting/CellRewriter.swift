/// Makes a source file of a cell.
///
/// Declarations stand in the file as they are. A variable's initialiser becomes the closure of a slot,
/// which infers its type and may await; the variable is a global that takes the slot's value. The body
/// runs slots and statements in the order of the text. README.md shows an example.
package struct CellRewriter {
  private static let runtime = "RunnerCellRuntime"

  private let parts: CellParts
  private let context: CellContext
  private let module: String
  private let letter: UInt8
  private var globals: SourceWriter
  private var body: SourceWriter
  private var slots: [Slot] = []

  /// A slot and the names that take its value.
  private struct Slot {
    var name: String
    var names: [String]
    var reports: [String: String] = [:]
  }

  /// Rewrites a cell as the module `Cell<number>`.
  package static func rewrite(
    _ parts: CellParts, number: Int, in context: CellContext
  ) -> GeneratedCell {
    var rewriter = CellRewriter(parts, number: number, in: context)
    return rewriter.write(number)
  }

  private init(_ parts: CellParts, number: Int, in context: CellContext) {
    self.parts = parts
    self.context = context
    module = "Cell\(number)"
    letter =
      "qzxvwkjyQZXVWKJYabcdefghilmnoprstuABCDEFGHILMNOPRSTU".utf8.first { letter in
        let name = String(decoding: [letter], as: UTF8.self)
        return !parts.identifiers.contains(name) && context.owners[name] == nil
      } ?? UInt8(ascii: "q")
    globals = SourceWriter(parts.source)
    body = SourceWriter(parts.source)
  }

  private var letterName: String { String(decoding: [letter], as: UTF8.self) }

  private mutating func write(_ number: Int) -> GeneratedCell {
    globals.generated("import \(Self.runtime)")
    // What declares nothing is no link of the chain, so it must not lead to the others.
    let attribute = parts.isLasting ? "@_exported " : ""
    for name in context.head.map({ [$0] }) ?? context.prelude {
      globals.generated(attribute + "import \(name)")
    }
    if let lastValue = context.lastValue, lastValue != context.head,
      parts.items.contains(where: { !$0.lastValues.isEmpty })
    {
      globals.generated("import \(lastValue)")
    }
    writeGiven()
    let hasReplacements = writeReplaced(number)
    let group = LocalGroup(parts.items)
    for (index, item) in parts.items.enumerated() {
      if index == group?.start { break }
      write(item)
    }
    if let group { write(group) }
    writeBody()
    writeEntry(number)
    return GeneratedCell(
      module: module, entry: "runner_cell_\(number)", text: globals.text,
      variables: Set(parts.declarations.map(\.name)),
      asyncLets: Set(
        parts.items.filter { $0.kind == .asyncLet }.flatMap { $0.declares.map(\.name) }),
      types: context.types.union(parts.declarations.filter { $0.kind == .type }.map(\.name)),
      hasReplacements: hasReplacements, shift: globals.shift)
  }

  /// Declares the objects of the program that the cell reads and does not declare itself.
  private mutating func writeGiven() {
    let own = Set(parts.declarations.map(\.name))
    for name in context.given.intersection(parts.objects).subtracting(own).sorted() {
      globals.generated(
        "var `\(name)`: \(context.givenType) { \(Self.runtime).CellObject.named("
          + "\"\(name)\", as: \(context.givenType).self) }")
    }
  }

  /// Hides the functions that the cell declares again with another result: the same declaration as theirs
  /// takes their place, and cannot be called.
  private mutating func writeReplaced(_ number: Int) -> Bool {
    let own = parts.declarations.compactMap { name in name.head.map { (name: name.name, head: $0) }
    }
    var replaced: [String] = []
    for (name, head) in own {
      let earlier = context.functions[name]?.last { $0.parameters == head.parameters }
      guard let text = earlier?.text, !own.contains(where: { $0.head.text == text }),
        !replaced.contains(text)
      else { continue }
      replaced.append(text)
      globals.generated(
        "@available(*, unavailable, message: \"cell \(number) declared '\(name)' anew\") \(text)"
          + " { fatalError() }")
    }
    return !replaced.isEmpty
  }

  // MARK: Items

  private mutating func write(_ item: CellItem) {
    switch item.kind {
    case .importing:
      globals.user(item.range)
      globals.generated("@_exported " + text(item.range))
    case .declaration: globals.user(item.range, opening: item.openConstants)
    case .binding(let binding): write(binding, of: item)
    case .unset(let type): writeUnset(item, type)
    case .asyncLet, .statement:
      body.user(item.range, replacing: lastValues(of: item), by: letter)
    case .expression:
      let name = "_cell_value_slot"
      openSlot(name, item)
      globals.user(item.range, replacing: lastValues(of: item), by: letter)
      globals.generated("})", at: item.range.upperBound - 1)
      globals.generated("let _cell_value = \(name).take()")
      finishSlot(name, item, ["_cell_value"], reporting: ["_cell_value": "_"])
    }
  }

  private mutating func write(_ binding: CellBinding, of item: CellItem) {
    let name = "_cell_\(slots.count)"
    let names = item.declares.map(\.name)
    openSlot(name, item)
    globals.user(binding.core, replacing: lastValues(of: item), by: letter)
    // Where the value is awaited and handed over the compiler sees the end of the closure.
    globals.generated("return \(tuple(names))", at: binding.core.upperBound - 1)
    globals.generated("})")
    declare(names, binding, of: item, from: name)
    // What belongs to an actor cannot be read by whoever asks.
    finishSlot(name, item, names, reporting: binding.prefix.contains("@") ? [:] : nil)
  }

  /// Declares the globals that take a slot's value.
  private mutating func declare(
    _ names: [String], _ binding: CellBinding, of item: CellItem, from slot: String
  ) {
    let specifier = binding.prefix + (binding.isVariable ? "var" : "let")
    let annotation = binding.annotation.map { ": " + $0 } ?? ""
    let line = "\(specifier) \(tuple(names))\(annotation) = \(slot).take()"
    if let observers = binding.observers {
      globals.user(observers, as: line, replacing: [], by: letter)
    } else {
      globals.generated(line, at: item.range.lowerBound)
    }
  }

  private mutating func writeUnset(_ item: CellItem, _ type: String) {
    let slot = "_cell_\(slots.count)"
    guard let name = item.declares.first?.name else { return }
    globals.generated("let \(slot) = \(Self.runtime).CellLater<\(type)>(\"\(name)\")")
    globals.generated(
      "var \(quoted(name)): \(type) { get { \(slot).value } set { \(slot).value = newValue } }")
    slots.append(Slot(name: slot, names: [name], reports: [name: name]))
  }

  private mutating func openSlot(_ name: String, _ item: CellItem) {
    var captures = item.declares.map(\.name).filter { item.mentions.contains($0) }
      .compactMap { name in
        context.owners[name].map { "\(quoted(name)) = \($0).\(quoted(name))" }
      }
    if !lastValues(of: item).isEmpty, let module = context.lastValue {
      captures.append("\(letterName) = \(module)._cell_value")
    }
    let list = captures.isEmpty ? "" : "[\(captures.joined(separator: ", "))] "
    // A function's lines are found only when it begins in the file that they are in.
    globals.generated(
      "let \(name) = \(Self.runtime).CellSlot({ \(list)() async throws in",
      at: item.range.lowerBound)
  }

  private mutating func finishSlot(
    _ slot: String, _ item: CellItem, _ names: [String], reporting reports: [String: String]? = nil
  ) {
    body.generated("try await \(slot).run()", at: item.range.lowerBound)
    slots.append(
      Slot(
        name: slot, names: names,
        reports: reports ?? Dictionary(names.map { ($0, $0) }) { first, _ in first }))
  }

  // MARK: async let

  /// Writes the items from the first `async let` on as one closure: what is made of its names must be
  /// computed where they can be seen.
  private mutating func write(_ group: LocalGroup) {
    var closure = SourceWriter(parts.source)
    var outer = body
    for item in parts.items[group.start...] {
      switch item.kind {
      case .binding(let binding) where group.isLocal(item):
        closure.user(binding.core, replacing: lastValues(of: item), by: letter)
      case .expression where group.isLocal(item):
        closure.user(
          item.range, as: "let _cell_value =", replacing: lastValues(of: item), by: letter)
      default:
        body = closure
        write(item)
        closure = body
      }
    }
    let names = group.names
    let slot = "_cell_\(slots.count)"
    globals.generated(
      "let \(slot) = \(Self.runtime).CellSlot({ () async throws in",
      at: parts.items[group.start].range.lowerBound)
    if let line = lastValueLine { globals.generated(line) }
    globals.append(closure)
    globals.generated("return \(tuple(names))")
    globals.generated("})")
    globals.generated("\(group.specifier) \(tuple(names)) = \(slot).take()")
    outer.generated("try await \(slot).run()")
    body = outer
    slots.append(
      Slot(
        name: slot, names: names,
        reports: Dictionary(names.map { ($0, $0 == "_cell_value" ? "_" : $0) }) { first, _ in first
        }))
  }

  // MARK: The body

  /// Makes `_` readable in statements.
  private var lastValueLine: String? {
    guard let module = context.lastValue,
      parts.items.contains(where: { !$0.lastValues.isEmpty })
    else { return nil }
    return "let \(letterName) = \(module)._cell_value"
  }

  private mutating func writeBody() {
    globals.generated("func _cell_body() async throws {", at: 0)
    if let line = lastValueLine { globals.generated(line) }
    globals.append(body)
    globals.generated("}")
  }

  private mutating func writeEntry(_ number: Int) {
    globals.generated("@_cdecl(\"runner_cell_\(number)\")")
    globals.generated("public func _cell_entry() -> UnsafeMutableRawPointer {")
    globals.generated("\(Self.runtime).CellProgram.make(")
    let valueType =
      slots.contains { $0.name == "_cell_value_slot" }
      ? "_cell_value_slot.typeName" : "nil"
    // A cell whose expression fails has declared everything all the same.
    let steps = slots.map(\.name).filter { $0 != "_cell_value_slot" }
    globals.generated(
      "body: _cell_body, steps: [\(steps.joined(separator: ", "))],"
        + " valueType: \(valueType)) { report in")
    for slot in slots {
      for name in slot.names {
        guard let shown = slot.reports[name] else { continue }
        globals.generated(
          "if \(slot.name).isReady { report.add(\"\(shown)\", \(quoted(name))) }")
      }
    }
    globals.generated("}")
    globals.generated("}")
  }

  // MARK: Text

  private func text(_ range: Range<Int>) -> String {
    String(decoding: parts.source.bytes[range], as: UTF8.self)
  }

  private func lastValues(of item: CellItem) -> [Int] {
    context.lastValue == nil ? [] : item.lastValues
  }

  private func tuple(_ names: [String]) -> String {
    names.count == 1
      ? quoted(names[0]) : "(" + names.map { quoted($0) }.joined(separator: ", ") + ")"
  }

  private func quoted(_ name: String) -> String {
    parts.identifiers.contains("`\(name)`") ? "`\(name)`" : name
  }
}
