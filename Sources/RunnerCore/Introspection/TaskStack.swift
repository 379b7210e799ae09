/// Where a task is: the stack of one task at one moment.
public struct TaskStack: Hashable, Sendable {
  /// What kind of answer it is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The task waits, or is about to go on: its functions and their callers, innermost first.
    case suspended
    /// A step of it is being executed: what its thread was doing when it was looked at.
    case running
    /// It has not begun; its creation site is all there is.
    case notBegun
    /// It has ended: there is no stack any more.
    case ended
    /// Its stack is not known here, for the reason in `note`.
    case unknown
  }

  /// The task as it was then.
  public var task: TaskSnapshot
  public var kind: Kind
  /// Innermost first.
  public var frames: [StackFrame]
  /// The system call in which the thread of a running task waits.
  public var systemCall: String?
  /// What is missing and why, as a sentence; empty when nothing is.
  public var note: String

  public init(
    task: TaskSnapshot, kind: Kind, frames: [StackFrame] = [], systemCall: String? = nil,
    note: String = ""
  ) {
    self.task = task
    self.kind = kind
    self.frames = frames
    self.systemCall = systemCall
    self.note = note
  }
}
