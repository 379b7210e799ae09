/// A barrier was reset or aborted while a task waited for it, or is broken; mirrors
/// `asyncio.BrokenBarrierError`.
public struct RunnerBrokenBarrierError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One full sentence: what happened, to which barrier, and what to do next.
  public let message: String

  public var description: String { message }
}

/// Lets a fixed number of tasks wait for each other; mirrors `asyncio.Barrier`.
///
/// When the last of them has come, all go on, and the barrier can be used again as soon as they have
/// left it. It is bound to the loop of the first task that waits for it. Use it on that loop's thread,
/// or while no thread runs the loop.
public final class RunnerBarrier: @unchecked Sendable {
  private var object: SharedObject
  private var state: BarrierState

  /// Creates a barrier that nobody waits for.
  ///
  /// - Parameters:
  ///   - parties: how many tasks it takes to go on.
  ///   - label: what it stands for, as snapshots show it.
  /// - Precondition: `parties` is at least 1.
  public init(parties: Int, label: String = "") {
    precondition(parties > 0, "A barrier for \(parties) parties cannot be: give it 1 or more.")
    object = SharedObject("Barrier", label: label)
    state = BarrierState(parties: parties)
  }

  /// A number that names the barrier in snapshots.
  public var number: UInt64 { object.number }

  /// What the barrier stands for, as snapshots show it.
  public var label: String { object.label }

  /// How many tasks it takes to go on; mirrors `Barrier.parties`.
  public var parties: Int { state.parties }

  /// How many tasks wait for the others; mirrors `Barrier.n_waiting`.
  public var waitingCount: Int { state.phase == .filling ? state.inside : 0 }

  /// Whether it was aborted and not reset since; mirrors `Barrier.broken`.
  public var isBroken: Bool { state.phase == .broken }

  /// Waits until as many tasks as the barrier has parties have come; mirrors `Barrier.wait()`.
  ///
  /// The last one does not suspend. While those of the last time are leaving, who comes waits outside.
  ///
  /// - Returns: a number from 0 that no other task of this time gets.
  /// - Throws: `RunnerBrokenBarrierError` when the barrier is broken, or is aborted or reset meanwhile;
  ///   `CancellationError` when the task is cancelled while it waits; it has left the barrier then.
  ///   `RunnerError` outside of a runner's task or in a task of another loop.
  @discardableResult
  public func wait(
    fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
  ) async throws -> Int {
    let site = WaitSite(fileID, line, function)
    let loop = try object.bind("wait()")
    while state.isClosed { try await waitForChange(on: loop, at: site) }
    if isBroken {
      throw RunnerBrokenBarrierError(
        message: "\(object.title) is broken: it was aborted; reset it before it is used again.")
    }
    let (index, isLast, woken) = state.enter()
    defer { object.wake(state.leave()) }
    object.wake(woken)
    if isLast { return index }
    while state.phase == .filling { try await waitForChange(on: loop, at: site) }
    if state.phase != .draining {
      throw RunnerBrokenBarrierError(
        message: "\(object.title) was aborted or reset while a task waited for it;"
          + " wait again once it is whole.")
    }
    return index
  }

  /// Makes the barrier as new; those that wait get `RunnerBrokenBarrierError`.
  ///
  /// Mirrors `Barrier.reset()`.
  public func reset() { object.wake(state.reset()) }

  /// Breaks the barrier until it is reset: those that wait get `RunnerBrokenBarrierError`, and those
  /// that come too.
  ///
  /// Mirrors `Barrier.abort()`.
  public func abort() { object.wake(state.abort()) }

  private func waitForChange(on loop: EventLoop, at site: WaitSite) async throws {
    let ended = await loop.waitInLine(.barrier, for: object.number, site: site) {
      state.append($0)
    }
    object.wake(state.resume(ended))
    if ended.wasInterrupted { throw CancellationError() }
  }
}

extension RunnerBarrier: CustomStringConvertible {
  /// The barrier in one line: number, label, what it does, how many of how many wait.
  ///
  /// Mirrors `repr(barrier)`.
  public var description: String {
    var words = "\(object.title) \(state.phase.rawValue)"
    if !isBroken { words += ", \(waitingCount) of \(parties) waiting" }
    return "<\(words)>"
  }
}
