package import RunnerCore

/// A task in a document.
package struct TaskRecord: Encodable, Sendable {
  package var id: UInt64
  package var name: String
  package var runner: String
  package var state: String
  package var role: String
  package var operation: String
  @Nullable package var created: SiteRecord?
  @Nullable package var parent: UInt64?
  @Nullable package var wait: WaitRecord?
  package var awaitedBy: [UInt64]
  package var age: Double
  package var steps: UInt64
  package var cancels: Int
  @Nullable package var cancelMessage: String?
  package var cancellations: [CancellationRecord]
  package var cancellationCount: Int
  @Nullable package var times: TimesRecord?
  @Nullable package var ending: EndingRecord?

  package init(_ task: TaskSnapshot) {
    id = task.id.number
    name = task.name
    runner = task.runner
    state = task.state.rawValue
    role = task.role.rawValue
    operation = task.operation
    created = task.creationSite.map(SiteRecord.init)
    parent = task.parent?.number
    wait = task.wait.map(WaitRecord.init)
    awaitedBy = task.awaitedBy.map(\.number)
    age = DurationStyle.seconds(of: task.age)
    steps = task.steps
    cancels = task.cancellationRequests
    cancelMessage = task.cancellationMessage
    cancellations = task.cancellations.map(CancellationRecord.init)
    cancellationCount = task.cancellationCount
    times = task.times.map(TimesRecord.init)
    ending = task.ending.map(EndingRecord.init)
  }
}
