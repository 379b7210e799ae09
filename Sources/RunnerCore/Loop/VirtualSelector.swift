/// A selector that never waits for time: it moves a `VirtualClock` to the deadline instead.
///
/// Descriptors and other threads are still real: with no deadline ahead it waits for them.
public final class VirtualSelector: LoopSelector {
  private let clock: VirtualClock
  private let base: any LoopSelector

  /// Creates a selector that moves `clock` and leaves descriptors to `base`.
  public init(clock: VirtualClock, base: any LoopSelector = EpollSelector()) {
    self.clock = clock
    self.base = base
  }

  public func watch(_ descriptor: Int32, for interest: DescriptorInterest) throws {
    try base.watch(descriptor, for: interest)
  }

  public func watchOnce(_ descriptor: Int32, for interest: DescriptorInterest) throws {
    try base.watchOnce(descriptor, for: interest)
  }

  public func prepareToSleep() throws -> Int32 { try base.prepareToSleep() }

  public func wait(upTo timeout: Duration?, into events: inout [DescriptorEvent]) throws {
    guard let timeout else { return try base.wait(upTo: nil, into: &events) }
    try base.wait(upTo: .zero, into: &events)
    if events.isEmpty { clock.advance(by: timeout) }
  }

  public func wake() { base.wake() }

  public func close() { base.close() }
}
