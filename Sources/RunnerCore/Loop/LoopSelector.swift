private import Glibc

/// What can be awaited of a file descriptor.
public struct DescriptorInterest: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Input, end of input, or an error.
  public static let readable = DescriptorInterest(rawValue: 1)
  /// Room for output, or an error.
  public static let writable = DescriptorInterest(rawValue: 2)
}

/// A descriptor that became ready.
public struct DescriptorEvent: Hashable, Sendable {
  public var descriptor: Int32
  public var ready: DescriptorInterest

  /// Creates an event.
  public init(descriptor: Int32, ready: DescriptorInterest) {
    self.descriptor = descriptor
    self.ready = ready
  }
}

/// What a loop waits with; mirrors `selectors.BaseSelector`.
///
/// `wake` may be called from any thread once `prepareToSleep` has returned; everything else is
/// called by the thread that runs the loop.
public protocol LoopSelector: AnyObject {
  /// Watches a descriptor for these events instead of the earlier ones; none means no more.
  ///
  /// - Throws: `RunnerError` when the system refuses.
  func watch(_ descriptor: Int32, for interest: DescriptorInterest) throws

  /// The same until the next event only; may be called again before it comes, and for a descriptor that was
  /// closed and opened anew since.
  ///
  /// - Throws: `RunnerError` when the system refuses.
  func watchOnce(_ descriptor: Int32, for interest: DescriptorInterest) throws

  /// Acquires what `wake` needs and returns the descriptor that a signal handler may write to.
  ///
  /// - Throws: `RunnerError` when the system refuses.
  func prepareToSleep() throws -> Int32

  /// Waits for events, for `wake`, or until `timeout` has passed; `nil` waits without limit.
  ///
  /// - Throws: `RunnerError` when the system refuses.
  func wait(upTo timeout: Duration?, into events: inout [DescriptorEvent]) throws

  /// Ends the present or the next `wait`.
  func wake()

  /// Gives back what the selector holds; nothing else is called afterwards.
  func close()
}

extension LoopSelector {
  /// Whether a signal has ended the wait that has just failed, which is no error and is forgotten.
  ///
  /// At the end of input Swift's `readLine` looks at the last error of its thread, takes an interrupted call for one
  /// of its own, and would read on for ever.
  func wasInterrupted() -> Bool {
    guard errno == EINTR else { return false }
    errno = 0
    return true
  }
}
