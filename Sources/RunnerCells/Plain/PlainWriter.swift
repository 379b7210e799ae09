private import SwiftSyntax

/// Writes the items of cells as blocks of a plain file.
struct PlainWriter {
  private(set) var imports: [String] = []
  /// Text between empty lines.
  private(set) var blocks: [String] = []
  private let runner: String
  /// Statements that one run has to do.
  private var pending: [PlainCell.Item] = []

  init(runner: String) { self.runner = runner }

  mutating func write(_ cell: PlainCell) {
    // What lives as long as its cell keeps the rest of the cell in the same run.
    let end = cell.items.firstIndex { $0.item.kind == .asyncLet || $0.isDefer } ?? cell.items.count
    var lines: [String] = []
    for item in cell.items[..<end] {
      switch item.item.kind {
      case .importing:
        imports.append(item.text)
      case .declaration:
        flush(into: &lines)
        lines += item.comments + [item.text + item.ending]
      case .binding where item.node.item.is(DeclSyntax.self):
        flush(into: &lines)
        lines += item.comments + [wrapping(item) + item.ending]
      case .binding:
        flush(into: &lines)
        lines += computing([item])
      case .unset, .asyncLet: break
      case .statement, .expression: pending.append(item)
      }
    }
    flush(into: &lines)
    let rest = Array(cell.items[end...])
    if !rest.isEmpty {
      imports += rest.filter { $0.item.kind == .importing }.map(\.text)
      lines += rest.filter { $0.item.kind == .declaration }.flatMap { $0.comments + [$0.text] }
      lines += computing(
        rest.filter { $0.item.kind != .declaration && $0.item.kind != .importing })
    }
    if !lines.isEmpty { blocks.append(lines.joined(separator: "\n")) }
  }

  // MARK: Runs

  /// Writes the statements that wait: as they are when none needs the loop, else as one run.
  private mutating func flush(into lines: inout [String]) {
    guard !pending.isEmpty else { return }
    defer { pending = [] }
    if pending.allSatisfy({ !LoopNeed.isIn($0.node) }) {
      lines += pending.flatMap { $0.comments + [$0.discarding + $0.ending] }
    } else if pending.count == 1, pending[0].comments.isEmpty, pending[0].isExpression,
      !pending[0].text.contains("\n")
    {
      lines.append("try \(runner).run { \(pending[0].text) }\(pending[0].ending)")
    } else {
      lines += block("try \(runner).run {", pending, last: pending.count == 1 ? "return" : nil)
    }
  }

  /// Writes items as one run whose value is that of the names that they declare.
  private func computing(_ items: [PlainCell.Item]) -> [String] {
    let declared = items.flatMap { $0.item.kind == .asyncLet ? [] : $0.item.declares }
    let names = declared.map(\.name)
    guard !names.isEmpty else { return block("try \(runner).run {", items, last: "return") }
    let tuple = names.count == 1 ? names[0] : "(\(names.joined(separator: ", ")))"
    let specifier = declared.contains { $0.kind == .variable } ? "var" : "let"
    return block(
      "\(specifier) \(tuple) = try \(runner).run {", items, last: "return \(tuple)")
  }

  private func block(_ head: String, _ items: [PlainCell.Item], last: String?) -> [String] {
    let body =
      items.flatMap { $0.comments + [$0.discarding + $0.ending] } + (last.map { [$0] } ?? [])
    return [head] + body.map(Self.indented) + ["}"]
  }

  /// All lines alike, which leaves the texts of long strings as they are.
  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n")
  }

  // MARK: Variables

  /// Writes a variable whose values are computed by runs where they need the loop.
  private func wrapping(_ item: PlainCell.Item) -> String {
    guard case .decl(let declaration) = item.node.item,
      let variable = declaration.as(VariableDeclSyntax.self)
    else { return item.text }
    var bytes = Array(item.text.utf8)
    for binding in variable.bindings.reversed() {
      guard let value = binding.initializer?.value, LoopNeed.isIn(value) else { continue }
      let start = value.range.lowerBound - item.item.range.lowerBound
      let end = value.range.upperBound - item.item.range.lowerBound
      let text = String(decoding: bytes[start..<end], as: UTF8.self)
      let space = text.contains("\n") ? "\n" : " "
      bytes.replaceSubrange(
        start..<end, with: Array("try \(runner).run {\(space)\(text)\(space)}".utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension PlainCell.Item {
  fileprivate var isDefer: Bool {
    guard case .stmt(let statement) = node.item else { return false }
    return statement.is(DeferStmtSyntax.self)
  }

  fileprivate var isExpression: Bool { item.kind == .expression }

  fileprivate var ending: String { remark.isEmpty ? "" : "  " + remark }

  /// The text; a value that only the prompt would show is dropped in so many words.
  fileprivate var discarding: String {
    guard isExpression, !LoopNeed.isPrint(node) else { return text }
    return "_ = " + text
  }
}

/// Whether code has to run on the loop: outside its closures it awaits, calls something, or asks
/// something for a part of it, which may be the loop or its context.
private enum LoopNeed {
  static func isIn(_ node: some SyntaxProtocol) -> Bool {
    let walker = Walker(viewMode: .sourceAccurate)
    walker.walk(node)
    return walker.found
  }

  static func isPrint(_ item: CodeBlockItemSyntax) -> Bool {
    guard case .expr(let expression) = item.item,
      let call = expression.as(FunctionCallExprSyntax.self)
    else { return false }
    return isPrint(call)
  }

  private static func isPrint(_ call: FunctionCallExprSyntax) -> Bool {
    call.calledExpression.as(DeclReferenceExprSyntax.self)?.baseName.text == "print"
  }

  private final class Walker: SyntaxVisitor {
    var found = false

    override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
      if !isPrint(node) { found = true }
      return .visitChildren
    }

    override func visit(_ node: AwaitExprSyntax) -> SyntaxVisitorContinueKind {
      found = true
      return .skipChildren
    }

    override func visit(_ node: MemberAccessExprSyntax) -> SyntaxVisitorContinueKind {
      if node.base != nil { found = true }
      return .visitChildren
    }

    override func visit(_ node: SubscriptCallExprSyntax) -> SyntaxVisitorContinueKind {
      found = true
      return .skipChildren
    }

    // `for await` has no expression of it.
    override func visit(_ node: TokenSyntax) -> SyntaxVisitorContinueKind {
      if node.tokenKind == .keyword(.await) { found = true }
      return .skipChildren
    }

    override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind {
      // One that is called where it stands runs there.
      node.parent?.is(FunctionCallExprSyntax.self) == true ? .visitChildren : .skipChildren
    }

    override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  }
}
