package import RunnerCore

/// The document of `vars --json`.
package struct VarsDocument: JSONDocument {
  package struct Entry: Encodable, Sendable {
    package var name: String
    package var value: ValueRecord
  }

  package let schema = "runner-repl/vars/1"
  package var variables: [Entry]

  package init(_ variables: [ValueBinding]) {
    self.variables = variables.map { Entry(name: $0.name, value: ValueRecord($0.value)) }
  }
}
