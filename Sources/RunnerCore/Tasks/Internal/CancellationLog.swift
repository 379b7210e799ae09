private import CRunnerRuntime

/// The last requests to cancel one task: the newest, and those before it.
///
/// Never changed, so a reader of any thread may keep it.
final class CancellationLog: Sendable {
  /// How many requests are remembered.
  static let limit = 8

  /// A step of a task or of a scope of it.
  struct Step: Equatable {
    var task: TaskID
    var number: UInt64
  }

  /// The last step that had begun when the newest request came.
  let step: Step
  private let pass: CancellationPass
  private let moment: Int64
  private let earlier: CancellationLog?
  /// How many requests there have been, also those that are not remembered.
  let count: Int

  init(_ pass: CancellationPass, at moment: Int64, _ step: Step, after earlier: CancellationLog?) {
    self.step = step
    self.pass = pass
    self.moment = moment
    self.earlier = earlier.flatMap { $0.cut(to: Self.limit - 1) }
    count = (earlier?.count ?? 0) + 1
  }

  private init(copying other: CancellationLog, earlier: CancellationLog?) {
    step = other.step
    pass = other.pass
    moment = other.moment
    count = other.count
    self.earlier = earlier
  }

  /// The newest request.
  var newest: CancellationPass { pass }

  /// The requests as pictures, oldest first.
  func snapshots(at now: Int64) -> [CancellationSnapshot] {
    var snapshots: [CancellationSnapshot] = []
    var next: CancellationLog? = self
    while let log = next {
      snapshots.append(log.pass.snapshot(elapsed: .nanoseconds(now - log.moment)))
      next = log.earlier
    }
    return snapshots.reversed()
  }

  /// The same with so many requests at most.
  private func cut(to limit: Int) -> CancellationLog? {
    var depth = 0
    var next: CancellationLog? = self
    while depth <= limit, let log = next {
      depth += 1
      next = log.earlier
    }
    return depth <= limit ? self : copy(of: limit)
  }

  private func copy(of limit: Int) -> CancellationLog? {
    limit == 0
      ? nil : CancellationLog(copying: self, earlier: earlier.flatMap { $0.copy(of: limit - 1) })
  }
}

/// One request to cancel on its way along the tasks that wait for one another.
struct CancellationPass: Sendable {
  /// Tells a task whether this request has been to it.
  var number: UInt64
  /// The number of the first request of those that are made together: a task that one of them has been
  /// to needs no other.
  var roundStart: UInt64 = .max
  var message: String?
  var requester: CancellationSnapshot.Requester
  var site: WaitSite?
  /// The numbers of the requests that led to this one through Swift's child tasks and are not over.
  private var outer: [UInt64] = []

  init(
    number: UInt64, message: String?, requester: CancellationSnapshot.Requester, site: WaitSite?
  ) {
    self.number = number
    self.message = message
    self.requester = requester
    self.site = site
  }

  /// Whether the request with this number is this one, or led to it: then it has come back in a circle.
  func isUnderWay(_ other: UInt64) -> Bool { other == number || outer.contains(other) }

  /// The same request where it goes on from a child task, which may share what it awaits with others.
  func continued(as number: UInt64) -> CancellationPass {
    var next = self
    next.number = number
    next.outer.append(self.number)
    return next
  }

  func snapshot(elapsed: Duration = .zero) -> CancellationSnapshot {
    CancellationSnapshot(
      requester: requester, site: site.map { SourceSite($0) }, message: message, elapsed: elapsed)
  }
}

extension CancellationSnapshot.Requester {
  /// Whose code makes the call.
  static var present: Self {
    // Mostly it is the task whose step the loop executes; its number is all that is wanted of it.
    if let loop = runner_current_loop() {
      let id = Unmanaged<EventLoop>.fromOpaque(loop)._withUnsafeGuaranteedRef { loop -> TaskID? in
        loop.callingTask?._withUnsafeGuaranteedRef { $0.ifCurrent?.id }
      }
      if let id { return .task(id) }
    }
    if let task = AnyRunnerTask.current { return .task(task.id) }
    if EventLoop.running?.isInCallback == true { return .callback }
    var name = [CChar](repeating: 0, count: 16)
    runner_get_thread_name(&name)
    return .thread(
      String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
  }
}
