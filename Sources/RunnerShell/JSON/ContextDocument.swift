package import RunnerCore

/// The document of `context --json`: one context, or two and their difference.
package struct ContextDocument: JSONDocument {
  package struct Context: Encodable, Sendable {
    @Nullable package var runner: String?
    @Nullable package var task: UInt64?
    package var variables: [Variable]
    package var locals: [Local]
  }

  package struct Local: Encodable, Sendable {
    package var name: String
    @Nullable package var module: String?
    @Nullable package var value: ValueRecord?
    package var isInherited: Bool
  }

  package struct Variable: Encodable, Sendable {
    package var name: String
    package var value: ValueRecord
  }

  package struct Change: Encodable, Sendable {
    package var name: String
    @Nullable package var left: ValueRecord?
    @Nullable package var right: ValueRecord?
  }

  package let schema = "runner-repl/context/1"
  package var contexts: [Context]
  package var differences: [Change]

  /// Creates the document of one context.
  package init(_ context: ContextSnapshot) {
    contexts = [Self.record(context)]
    differences = []
  }

  /// Creates the document of two contexts.
  package init(_ difference: ContextDifference) {
    contexts = [Self.record(difference.left), Self.record(difference.right)]
    differences = difference.changes.map {
      Change(
        name: $0.name, left: $0.left.map(ValueRecord.init), right: $0.right.map(ValueRecord.init))
    }
  }

  private static func record(_ context: ContextSnapshot) -> Context {
    var record = Context(
      runner: nil, task: nil,
      variables: context.entries.sorted { $0.name < $1.name }.map {
        Variable(name: $0.name, value: ValueRecord($0.value))
      },
      locals: context.locals.map {
        Local(
          name: $0.name, module: $0.module, value: $0.value.map(ValueRecord.init),
          isInherited: $0.isInherited)
      })
    switch context.owner {
    case .runner(let name): record.runner = name
    case .task(let id): record.task = id.number
    }
    return record
  }
}
