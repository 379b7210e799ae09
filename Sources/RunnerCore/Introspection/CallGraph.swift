/// A frozen picture of a task or a future: where it waits, who waits for it, and so on outwards.
///
/// Mirrors `asyncio.FutureCallGraph`.
public struct CallGraph: Hashable, Sendable {
  /// Whose picture it is.
  public enum Subject: Hashable, Sendable {
    case task(TaskID, name: String)
    case future(UInt64, label: String)
  }

  /// Why the awaiters of a task are left out.
  public enum Omission: Hashable, Sendable {
    /// The task occurs earlier in the graph, with its awaiters: a shared awaiter, or a circle.
    case shownBefore
    /// The graph was not followed as far as this.
    case tooDeep
  }

  public var subject: Subject

  /// The lines at which the task waits, innermost first; empty where they are not known.
  ///
  /// The program's own functions, down to the task's closure. Where Swift's runtime is not read: the
  /// line of the `await` and, around it, those of the library's scopes, such as `timeout`. A task that
  /// has not begun shows the line that made it, the current one the line that asks.
  public var frames: [SourceSite]

  /// Those that wait for it, in the order of their numbers.
  public var awaitedBy: [CallGraph]

  /// Why `awaitedBy` is empty although somebody waits.
  public var omission: Omission?

  public init(
    subject: Subject, frames: [SourceSite] = [], awaitedBy: [CallGraph] = [],
    omission: Omission? = nil
  ) {
    self.subject = subject
    self.frames = frames
    self.awaitedBy = awaitedBy
    self.omission = omission
  }
}

/// Takes a picture of the current task and of those that wait for it, directly and indirectly.
///
/// Returns `nil` in a loop's plain callback. `depth` is how many levels of awaiters are followed.
/// `limit` is how many frames of each task are kept: so many of the outermost ones, with a minus sign
/// of the innermost ones; `nil` keeps all. Mirrors `asyncio.capture_call_graph()`.
///
/// - Throws: `RunnerError.noRunningLoop` where no loop runs.
public func captureCallGraph(
  depth: Int = 100, limit: Int? = nil, fileID: String = #fileID, line: Int = #line,
  function: String = #function
) throws -> CallGraph? {
  guard EventLoop.running != nil else {
    throw RunnerError(
      .noRunningLoop,
      "captureCallGraph() is called outside of a running event loop and no task or future to"
        + " introspect was provided.")
  }
  return AnyRunnerTask.current.map { task in
    captureCallGraph(
      of: task, depth: depth, limit: limit, fileID: fileID, line: line, function: function)
  }
}

/// Takes a picture of a task and of those that wait for it; see `captureCallGraph(depth:limit:)`.
///
/// May be called from any thread. An ended task has neither frames nor awaiters.
public func captureCallGraph(
  of task: AnyRunnerTask, depth: Int = 100, limit: Int? = nil, fileID: String = #fileID,
  line: Int = #line, function: String = #function
) -> CallGraph {
  let site = SourceSite(fileID: fileID, line: line, function: function)
  let isCurrent = AnyRunnerTask.current === task
  return task.loop.inspect { consistency in
    var builder = CallGraphBuilder(
      of: task.loop, consistency, depth: depth, limit: limit)
    if isCurrent { builder.current = (task.id, site) }
    return builder.graph(of: task, level: 0)
  }
}

/// Takes a picture of a future and of the tasks that wait for it; see
/// `captureCallGraph(depth:limit:)`.
///
/// May be called from any thread.
public func captureCallGraph<Value>(
  of future: RunnerFuture<Value>, depth: Int = 100, limit: Int? = nil
) -> CallGraph {
  future.loop.inspect { consistency in
    var builder = CallGraphBuilder(
      of: future.loop, consistency, depth: depth, limit: limit)
    return builder.graph(
      .future(future.number, label: future.label), frames: [],
      awaiters: builder.picture.awaiters(ofFuture: future.number), level: 0)
  }
}

/// Follows awaiters outwards; each task is followed once, so circles end and the work is bounded.
private struct CallGraphBuilder {
  let picture: TaskPicture
  /// The current task and the line that asks.
  var current: (task: TaskID, site: SourceSite)?
  private let depth: Int
  private let limit: Int?
  private let tasks: [TaskID: AnyRunnerTask]
  private let awaiters: [TaskID: [TaskID]]
  private var followed = Set<TaskID>()

  init(of loop: EventLoop, _ consistency: SnapshotConsistency, depth: Int, limit: Int?) {
    self.depth = depth
    self.limit = limit
    picture = TaskPicture(of: loop, natives: consistency)
    tasks = Dictionary(uniqueKeysWithValues: picture.tasks.map { ($0.id, $0) })
    awaiters = picture.awaiters()
  }

  mutating func graph(of task: AnyRunnerTask, level: Int) -> CallGraph {
    let subject = CallGraph.Subject.task(task.id, name: task.name)
    guard followed.insert(task.id).inserted else {
      return CallGraph(subject: subject, omission: .shownBefore)
    }
    var frames = picture.frames(of: task)
    if let current, current.task == task.id { frames.insert(current.site, at: 0) }
    return graph(subject, frames: frames, awaiters: awaiters[task.id] ?? [], level: level)
  }

  private mutating func graph(of child: NativeWalk.Child, level: Int) -> CallGraph {
    let subject = CallGraph.Subject.task(child.id, name: picture.name(of: child))
    guard followed.insert(child.id).inserted else {
      return CallGraph(subject: subject, omission: .shownBefore)
    }
    let frames = picture.stackFrames(of: child).filter { !$0.isFolded }
    return graph(
      subject, frames: frames.compactMap { SourceSite($0) }, awaiters: awaiters[child.id] ?? [],
      level: level)
  }

  mutating func graph(
    _ subject: CallGraph.Subject, frames: [SourceSite], awaiters: [TaskID], level: Int
  ) -> CallGraph {
    var graph = CallGraph(subject: subject, frames: frames.limited(to: limit))
    if awaiters.isEmpty { return graph }
    if level >= depth {
      graph.omission = .tooDeep
      return graph
    }
    for awaiter in awaiters {
      if let task = tasks[awaiter] {
        graph.awaitedBy.append(self.graph(of: task, level: level + 1))
      } else if let child = picture.natives?.children.first(where: { $0.id == awaiter }) {
        graph.awaitedBy.append(self.graph(of: child, level: level + 1))
      }
    }
    return graph
  }
}

extension [SourceSite] {
  /// So many of the outermost frames, with a minus sign of the innermost ones, of a stack whose
  /// innermost frame comes first.
  fileprivate func limited(to limit: Int?) -> [SourceSite] {
    guard let limit else { return self }
    return limit < 0 ? Array(prefix(Int(clamping: limit.magnitude))) : suffix(limit)
  }
}
