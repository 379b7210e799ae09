private import CRunnerRuntime
private import Glibc

/// The default selector: `epoll` and an eventfd, both opened when the loop first has to block.
public final class EpollSelector: LoopSelector {
  private var epoll: Int32 = -1
  private let wakeEvent = WakeEvent()
  private var watched: [Int32: DescriptorInterest] = [:]
  private var buffer = [epoll_event](repeating: epoll_event(), count: 64)

  /// Creates a selector that holds no descriptor yet.
  public init() {}

  deinit { close() }

  public func prepareToSleep() throws -> Int32 {
    if epoll >= 0 { return wakeEvent.descriptor }
    let event = try wakeEvent.open()
    let opened = runner_epoll_create()
    guard opened >= 0 else { throw RunnerError.selector("open an epoll descriptor") }
    guard runner_epoll_watch(opened, event, UInt32(EPOLLIN.rawValue), false) == 0 else {
      let error = RunnerError.selector("watch an eventfd")
      Glibc.close(opened)
      throw error
    }
    epoll = opened
    return event
  }

  public func watch(_ descriptor: Int32, for interest: DescriptorInterest) throws {
    _ = try prepareToSleep()
    let known = watched[descriptor]
    if known == nil, interest.isEmpty { return }
    var events: UInt32 = 0
    if interest.contains(.readable) {
      events |= UInt32(EPOLLIN.rawValue) | UInt32(EPOLLRDHUP.rawValue)
    }
    if interest.contains(.writable) { events |= UInt32(EPOLLOUT.rawValue) }
    var result = runner_epoll_watch(epoll, descriptor, events, known != nil)
    // A descriptor that was closed while it was watched has left epoll by itself.
    if result != 0, known != nil, errno == ENOENT, !interest.isEmpty {
      result = runner_epoll_watch(epoll, descriptor, events, false)
    }
    if result != 0, !interest.isEmpty {
      throw RunnerError.selector("watch descriptor \(descriptor)")
    }
    watched[descriptor] = interest.isEmpty ? nil : interest
  }

  public func wait(upTo timeout: Duration?, into events: inout [DescriptorEvent]) throws {
    _ = try prepareToSleep()
    let limit = timeout.map { max(0, $0.wholeNanoseconds) } ?? -1
    let count = runner_epoll_wait(epoll, &buffer, Int32(buffer.count), limit)
    if count < 0 {
      if errno == EINTR { return }
      throw RunnerError.selector("wait for events")
    }
    let failure = UInt32(EPOLLERR.rawValue) | UInt32(EPOLLHUP.rawValue)
    for event in buffer.prefix(Int(count)) {
      let descriptor = event.data.fd
      if descriptor == wakeEvent.descriptor {
        wakeEvent.clear()
        continue
      }
      var ready: DescriptorInterest = []
      let input = UInt32(EPOLLIN.rawValue) | UInt32(EPOLLRDHUP.rawValue)
      if event.events & (input | failure) != 0 { ready.insert(.readable) }
      if event.events & (UInt32(EPOLLOUT.rawValue) | failure) != 0 { ready.insert(.writable) }
      events.append(DescriptorEvent(descriptor: descriptor, ready: ready))
    }
    if Int(count) == buffer.count, buffer.count < 4096 {
      buffer = [epoll_event](repeating: epoll_event(), count: buffer.count * 2)
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
