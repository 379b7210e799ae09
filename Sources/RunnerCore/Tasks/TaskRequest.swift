/// What a task is made with: what a task factory is given.
///
/// Mirrors the arguments of `asyncio.Task`.
public struct TaskRequest: Sendable {
  /// The loop that shall run the task.
  public let loop: EventLoop

  /// The task's name; `nil` lets it be called `Task-N`.
  public var name: String?

  /// The task's context: a copy of the maker's, unless one is given to be shared.
  public var context: SharedRunnerContext {
    get {
      switch contextSource {
      case .copy(let value): SharedRunnerContext(value)
      case .shared(let context): context
      }
    }
    set { contextSource = .shared(newValue) }
  }

  /// The same, without an object for those who do not ask for one.
  private(set) var contextSource: ContextSource

  /// Whether the first step shall be executed at once, as part of making the task.
  ///
  /// Only a step or a callback of the same loop can make that true; elsewhere the task begins in the
  /// next iteration. `nil` leaves it to the loop's task factory.
  public var eagerStart: Bool?

  /// The line that makes the task.
  public let site: SourceSite?

  var role = TaskRole.task
  var operation = ""
  let parent: TaskID?

  init(
    loop: EventLoop, name: String?, context: SharedRunnerContext?, eagerStart: Bool? = nil,
    site: SourceSite? = nil
  ) {
    self.loop = loop
    self.name = name
    self.eagerStart = eagerStart
    self.site = site
    contextSource = context.map { .shared($0) } ?? .copy(.current)
    parent = AnyRunnerTask.current?.id
  }

  /// A request for a task that exists already, made by the code of `maker`.
  init(adoptedBy loop: EventLoop, name: String?, maker: AnyRunnerTask?) {
    self.loop = loop
    self.name = name
    contextSource = .copy(maker?.contextValue ?? RunnerContext())
    site = nil
    parent = maker?.acting.id
  }

  /// What is the same for all tasks of such requests.
  var origin: TaskOrigin { TaskOrigin(site: site, operation: operation.bounded(), role: role) }

  /// The same request for a factory, who may ask for the context any number of times.
  func forFactory() -> TaskRequest {
    var request = self
    request.contextSource = .shared(context)
    return request
  }

  /// Makes the task as the loop does without a factory.
  ///
  /// May be called from any thread.
  public func makeTask<Success: Sendable>(
    _ body: sending @escaping () async throws -> Success
  ) -> RunnerTask<Success> {
    let task = RunnerTask<Success>(self)
    task.prepare(body)
    task.register()
    if loop.isInstrumented { loop.tellMade(task) }
    if eagerStart == true, loop.isInStep {
      loop.startAtOnce(task)
    } else {
      loop.start(task)
    }
    return task
  }
}
