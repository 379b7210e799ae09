package import RunnerCore

/// The document of `tree --json`: the graph as nodes and edges.
package struct TreeDocument: JSONDocument {
  package struct Node: Encodable, Sendable {
    package var id: UInt64
    package var name: String
    package var runner: String
    package var state: String
    package var awaits: [UInt64]
    @Nullable package var wait: WaitRecord?
  }

  package let schema = "runner-repl/tree/1"
  package var roots: [UInt64]
  package var nodes: [Node]
  package var cycles: [[UInt64]]
  package var shown: Int
  package var total: Int
  package var consistency: String

  package init(_ graph: AwaitGraph, _ listing: TaskListing) {
    roots = graph.roots.map(\.number)
    nodes = graph.tasks.values.sorted { $0.id < $1.id }.map { task in
      Node(
        id: task.id.number, name: task.name, runner: task.runner, state: task.state.rawValue,
        awaits: graph.awaits(task.id).map(\.number), wait: task.wait.map(WaitRecord.init))
    }
    cycles = graph.cycles.map { $0.map(\.number) }
    shown = listing.tasks.count
    total = listing.matching
    consistency = listing.consistency.rawValue
  }
}
