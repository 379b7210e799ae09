private import CRunnerRuntime
private import Glibc

/// The default selector: `epoll` and an eventfd, both opened when the loop first has to block.
public final class EpollSelector: LoopSelector {
  private var epoll: Int32 = -1
  private let wakeEvent = WakeEvent()
  /// The eventfd, or -1 while there is none.
  private var wakeDescriptor: Int32 = -1
  /// By descriptor, whether epoll has been given it; it may have been closed since.
  private var isKnown: [Bool] = []
  private var buffer: [runner_descriptor_event] = []

  /// Creates a selector that holds no descriptor yet.
  public init() {}

  deinit { close() }

  public func prepareToSleep() throws -> Int32 {
    if epoll >= 0 { return wakeDescriptor }
    let event = try wakeEvent.open()
    let opened = runner_epoll_create()
    guard opened >= 0 else { throw RunnerError.selector("open an epoll descriptor") }
    // Told of each signal, it need not be read: its count overflows in centuries.
    let interest = UInt32(runner_readable) | UInt32(runner_edge)
    guard runner_epoll_watch(opened, event, interest, false) == 0 else {
      let error = RunnerError.selector("watch an eventfd")
      Glibc.close(opened)
      throw error
    }
    epoll = opened
    wakeDescriptor = event
    buffer = Array(repeating: runner_descriptor_event(), count: Int(runner_epoll_limit))
    return event
  }

  public func watch(_ descriptor: Int32, for interest: DescriptorInterest) throws {
    try tell(descriptor, UInt32(interest.rawValue))
  }

  public func watchOnce(_ descriptor: Int32, for interest: DescriptorInterest) throws {
    try tell(descriptor, UInt32(interest.rawValue) | UInt32(runner_once))
  }

  /// Gives the descriptor to epoll, or takes it back when there are no `bits`.
  private func tell(_ descriptor: Int32, _ bits: UInt32) throws {
    _ = try prepareToSleep()
    let index = Int(max(0, descriptor))
    let wasKnown = index < isKnown.count && isKnown[index]
    if !wasKnown, bits == 0 { return }
    var result = runner_epoll_watch(epoll, descriptor, bits, wasKnown)
    // A descriptor that was closed while it was watched has left epoll by itself.
    if result != 0, wasKnown, errno == ENOENT, bits != 0 {
      result = runner_epoll_watch(epoll, descriptor, bits, false)
    }
    if result != 0, bits != 0 {
      throw RunnerError.selector("watch descriptor \(descriptor)")
    }
    if index >= isKnown.count {
      isKnown += repeatElement(false, count: index + 1 - isKnown.count)
    }
    isKnown[index] = bits != 0
  }

  public func wait(upTo timeout: Duration?, into events: inout [DescriptorEvent]) throws {
    _ = try prepareToSleep()
    let limit = timeout.map { max(0, $0.wholeNanoseconds) } ?? -1
    let count = runner_epoll_wait(epoll, &buffer, limit)
    if count < 0 {
      if wasInterrupted() { return }
      throw RunnerError.selector("wait for events")
    }
    for event in buffer.prefix(Int(count)) {
      if event.descriptor == wakeDescriptor { continue }
      events.append(
        DescriptorEvent(
          descriptor: event.descriptor, ready: DescriptorInterest(rawValue: UInt8(event.ready))))
    }
  }

  public func wake() { wakeEvent.signal() }

  public func close() {
    wakeEvent.close()
    if epoll >= 0 { Glibc.close(epoll) }
    (epoll, wakeDescriptor) = (-1, -1)
    isKnown = []
  }
}
