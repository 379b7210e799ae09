/// What locks and queues have in common: the name that snapshots show, and the loop they are bound to.
///
/// An object belongs to the loop of the first task that awaits it, and to that loop's owner, as futures
/// do: there is no lock in it.
struct SharedObject: ~Copyable {
  /// The type in a word: `Lock`.
  let noun: String
  let number: UInt64
  let label: String
  private(set) var loop: EventLoop?

  init(_ noun: String, label: String) {
    self.noun = noun
    self.label = label
    number = ObjectNumber.next(label: label)
  }

  deinit { ObjectNumber.forget(number) }

  /// `Lock 3 'db'`, `Lock 4`.
  var title: String {
    label.isEmpty ? "\(noun) \(number)" : "\(noun) \(number) '\(label.excerpt(60))'"
  }

  /// Binds the object to the running loop, or says that it is bound to another one.
  @inline(__always)
  mutating func bind(_ call: StaticString) throws -> EventLoop {
    if let loop, loop.isRunningHere { return loop }
    return try bindToRunning(call)
  }

  @inline(never)
  private mutating func bindToRunning(_ call: StaticString) throws -> EventLoop {
    guard let running = EventLoop.running else {
      throw RunnerError(
        .noRunningLoop,
        "No running event loop: \(call) of \(title) must be called by a task of a runner.")
    }
    if loop == nil { loop = running }
    try checkLoop()
    return running
  }

  /// - Throws: `RunnerError.foreignLoop` when the calling thread runs another loop than the object's.
  @inline(__always)
  func checkLoop() throws {
    if let loop, !loop.isRunningHere { try checkRunning() }
  }

  @inline(never)
  private func checkRunning() throws {
    guard let loop, let running = EventLoop.running, running !== loop else { return }
    throw RunnerError(
      .foreignLoop,
      "\(title) is bound to a different event loop, '\(loop.name)'; make one for each loop.")
  }

  /// Wakes those that a transition let go on; also while no thread runs the loop.
  func wake(_ waiters: [Unmanaged<Waiter>]) {
    for waiter in waiters { wake(waiter) }
  }

  @inline(__always)
  func wake(_ waiter: Unmanaged<Waiter>?) {
    if let waiter { wake(waiter) }
  }

  private func wake(_ waiter: Unmanaged<Waiter>) {
    guard let loop else { return }
    if loop.isRunningHere { return waiter._withUnsafeGuaranteedRef { loop.wake($0) } }
    let waiter = waiter.takeUnretainedValue()
    loop.perform { loop.wake(waiter) }
  }
}

/// A wait in a `WaiterQueue` that is over.
struct EndedWait {
  let waiter: Unmanaged<Waiter>
  /// Whether the task was cancelled.
  let wasInterrupted: Bool
}

extension EventLoop {
  /// Waits in a queue of waiters, which `register` appends to; the caller takes the waiter out again.
  ///
  /// A child task that is cancelled stays so: `isShielded` is for what it has to wait for all the same.
  ///
  /// Part of its callers, as `wait` is.
  @inline(__always)
  func waitInLine(
    _ kind: WaitKind, for number: UInt64, site: WaitSite, isShielded: Bool = false,
    register: (Waiter) -> Void
  ) async -> EndedWait {
    var parked: Unmanaged<Waiter>?
    var wasInterrupted = false
    do {
      try await wait(kind, detail: number, site: site, shieldsChild: isShielded) { waiter in
        parked = .passUnretained(waiter)
        register(waiter)
      }
    } catch {
      wasInterrupted = true
    }
    guard let parked else { preconditionFailure("A wait registers its waiter.") }
    return EndedWait(waiter: parked, wasInterrupted: wasInterrupted)
  }
}
