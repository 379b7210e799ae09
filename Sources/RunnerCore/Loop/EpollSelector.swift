private import CRunnerRuntime
private import Glibc

/// The default selector: `epoll` and an eventfd, both opened when the loop first has to block.
public final class EpollSelector: LoopSelector {
  private var epoll: Int32 = -1
  private let wakeEvent = WakeEvent()
  private var watched: [Int32: DescriptorInterest] = [:]
  private var buffer: [runner_descriptor_event] = []

  /// Creates a selector that holds no descriptor yet.
  public init() {}

  deinit { close() }

  public func prepareToSleep() throws -> Int32 {
    if epoll >= 0 { return wakeEvent.descriptor }
    let event = try wakeEvent.open()
    let opened = runner_epoll_create()
    guard opened >= 0 else { throw RunnerError.selector("open an epoll descriptor") }
    guard runner_epoll_watch(opened, event, UInt32(runner_readable), false) == 0 else {
      let error = RunnerError.selector("watch an eventfd")
      Glibc.close(opened)
      throw error
    }
    epoll = opened
    buffer = Array(repeating: runner_descriptor_event(), count: Int(runner_epoll_limit))
    return event
  }

  public func watch(_ descriptor: Int32, for interest: DescriptorInterest) throws {
    _ = try prepareToSleep()
    let known = watched[descriptor]
    if known == nil, interest.isEmpty { return }
    let bits = UInt32(interest.rawValue)
    var result = runner_epoll_watch(epoll, descriptor, bits, known != nil)
    // A descriptor that was closed while it was watched has left epoll by itself.
    if result != 0, known != nil, errno == ENOENT, !interest.isEmpty {
      result = runner_epoll_watch(epoll, descriptor, bits, false)
    }
    if result != 0, !interest.isEmpty {
      throw RunnerError.selector("watch descriptor \(descriptor)")
    }
    watched[descriptor] = interest.isEmpty ? nil : interest
  }

  public func wait(upTo timeout: Duration?, into events: inout [DescriptorEvent]) throws {
    _ = try prepareToSleep()
    let limit = timeout.map { max(0, $0.wholeNanoseconds) } ?? -1
    let count = runner_epoll_wait(epoll, &buffer, limit)
    if count < 0 {
      if errno == EINTR { return }
      throw RunnerError.selector("wait for events")
    }
    for event in buffer.prefix(Int(count)) {
      if event.descriptor == wakeEvent.descriptor {
        wakeEvent.clear()
      } else {
        events.append(
          DescriptorEvent(
            descriptor: event.descriptor, ready: DescriptorInterest(rawValue: UInt8(event.ready))))
      }
    }
  }

  public func wake() { wakeEvent.signal() }

  public func close() {
    wakeEvent.close()
    if epoll >= 0 { Glibc.close(epoll) }
    epoll = -1
    watched = [:]
  }
}
