/// What Swift's runtime says of one task at one moment.
///
/// Addresses are those of the runtime's objects: good for telling things apart and for asking
/// again, never to be kept without holding the task.
package struct RuntimeTask: Hashable, Sendable {
  /// How a task was made.
  package enum Kind: String, Hashable, Sendable {
    /// `Task { }` or `Task.detached { }`.
    case task
    case asyncLet
    case groupChild
  }

  package enum State: String, Hashable, Sendable {
    case running
    /// Handed to an executor, which has not run it yet.
    case enqueued
    case suspended
    case complete
  }

  /// What a task waits for, as the runtime has noted it; where a task of the library's waits for
  /// something of the library's, only that one knows.
  package enum Dependency: Hashable, Sendable {
    /// The task at this address.
    case task(UInt)
    /// The continuation whose context is at this address: foreign code, `Task.sleep`, a child's wait
    /// for something of the library's.
    case continuation(UInt)
    /// Any child of the group at this address.
    case group(UInt)
    /// Its turn on the executor at this address; 0 is one that the runtime does not name.
    case executor(UInt)
  }

  package var address: UInt
  package var id: UInt64
  /// `nil` where only the public tier answers; so with all that is optional here.
  package var kind: Kind?
  package var state: State?
  package var isCancelled: Bool
  package var priority: UInt8
  package var basePriority: UInt8
  /// The name it was made with, at most 256 bytes of it; `nil` too when it has none.
  package var name: String?
  package var parent: UInt?
  /// The group that a group's child belongs to.
  package var group: UInt?
  package var children: [UInt] = []
  package var dependency: Dependency?
  /// Where it resumes and where its callers do, innermost first.
  package var frames: [UInt] = []
  package var cancellationHandlers = 0
  package var preferredExecutor: UInt?
  /// Whether all of it is here: no list was longer than what is looked at, and the task did not
  /// change while it was read.
  package var isWhole = true
}
