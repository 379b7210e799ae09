package import RunnerCore

/// The document of `ps --json` and `history --json`.
package struct TaskListDocument: JSONDocument {
  package let schema: String
  package var tasks: [TaskRecord]
  package var shown: Int
  package var matching: Int
  package var total: Int
  @Nullable package var remembered: Int?
  package var consistency: String
  @Nullable package var omission: String?

  /// Creates the document of a command.
  package init(command: String, _ listing: TaskListing) {
    schema = "runner-repl/\(command)/1"
    tasks = listing.tasks.map(TaskRecord.init)
    shown = listing.tasks.count
    matching = listing.matching
    total = listing.total
    remembered = listing.remembered
    consistency = listing.consistency.rawValue
    omission = listing.omission.isEmpty ? nil : listing.omission
  }
}
