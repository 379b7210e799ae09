/// What a task is made with.
struct TaskOptions {
  var name: String?
  var operation: String
  var role: TaskRole
  var context: SharedRunnerContext
  var site: SourceSite?
  var parent: TaskID?
  var scopeOwner: AnyRunnerTask?
}
