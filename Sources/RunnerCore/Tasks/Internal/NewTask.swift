/// What a task is made of, given to its `init` in one piece.
///
/// Arguments by themselves would be counted as references once more each. What is not retained here lives as
/// long as the call.
struct NewTask {
  let loop: Unmanaged<EventLoop>
  let name: String?
  /// Retained for the task.
  let origin: Unmanaged<TaskOrigin>
  /// The variables that it begins with, or the context that it shares with others.
  let context: RunnerContext
  let sharedContext: Unmanaged<SharedRunnerContext>?
  let parent: TaskID?
  var scopeOwner: Unmanaged<AnyRunnerTask>?
  var isGenerator = false

  @inline(__always)
  init(
    on loop: EventLoop, name: String?, origin: TaskOrigin, context: RunnerContext,
    sharedContext: SharedRunnerContext? = nil, parent: TaskID?
  ) {
    self.loop = .passUnretained(loop)
    self.name = name
    self.origin = .passRetained(origin)
    self.context = context
    self.sharedContext = sharedContext.map { .passUnretained($0) }
    self.parent = parent
  }

  /// The facts of a request, which lives as long as the call.
  init(_ request: borrowing TaskRequest) {
    let (context, shared) = request.contextSource.parts
    self.init(
      on: request.loop, name: request.name, origin: request.origin, context: context,
      sharedContext: shared, parent: request.parent)
  }
}
