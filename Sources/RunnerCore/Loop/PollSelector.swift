private import CRunnerRuntime
private import Glibc

/// A selector on `poll(2)`, for where `epoll` is not allowed; mirrors `selectors.PollSelector`.
///
/// It works as `EpollSelector` does, but each wait costs as much as there are descriptors. One that is
/// closed while it is watched is told to be ready once, and then watched no more.
public final class PollSelector: LoopSelector {
  private let wakeEvent = WakeEvent()
  /// The eventfd, then the others in any order.
  private var entries: [pollfd] = []
  /// Where the others are in `entries`.
  private var places: [Int32: Int] = [:]
  /// Those that are watched until their next event.
  private var watchedOnce = Set<Int32>()

  /// Creates a selector that holds no descriptor yet.
  public init() {}

  deinit { close() }

  public func prepareToSleep() throws -> Int32 {
    if let event = entries.first { return event.fd }
    let event = try wakeEvent.open()
    entries = [pollfd(fd: event, events: Int16(POLLIN), revents: 0)]
    return event
  }

  public func watchOnce(_ descriptor: Int32, for interest: DescriptorInterest) throws {
    try watch(descriptor, for: interest)
    watchedOnce.insert(descriptor)
  }

  public func watch(_ descriptor: Int32, for interest: DescriptorInterest) throws {
    _ = try prepareToSleep()
    watchedOnce.remove(descriptor)
    guard !interest.isEmpty else { return forget(descriptor) }
    guard fcntl(descriptor, F_GETFD) >= 0 else {
      throw RunnerError.selector("watch descriptor \(descriptor)")
    }
    var events: Int16 = 0
    if interest.contains(.readable) { events |= Int16(POLLIN) }
    if interest.contains(.writable) { events |= Int16(POLLOUT) }
    let entry = pollfd(fd: descriptor, events: events, revents: 0)
    if let place = places[descriptor] {
      entries[place] = entry
    } else {
      places[descriptor] = entries.count
      entries.append(entry)
    }
  }

  public func wait(upTo timeout: Duration?, into events: inout [DescriptorEvent]) throws {
    _ = try prepareToSleep()
    let limit = timeout.map { max(0, $0.wholeNanoseconds) } ?? -1
    let count = runner_poll(&entries, entries.count, limit)
    if count < 0 {
      if wasInterrupted() { return }
      throw RunnerError.selector("wait for events")
    }
    if count == 0 { return }
    if entries[0].revents != 0 { runner_eventfd_clear(entries[0].fd) }
    var done: [Int32] = []
    let failure = Int16(POLLERR) | Int16(POLLHUP) | Int16(POLLNVAL)
    for entry in entries.dropFirst() where entry.revents != 0 {
      var ready: DescriptorInterest = []
      if entry.revents & (Int16(POLLIN) | failure) != 0 { ready.insert(.readable) }
      if entry.revents & (Int16(POLLOUT) | failure) != 0 { ready.insert(.writable) }
      events.append(DescriptorEvent(descriptor: entry.fd, ready: ready))
      if entry.revents & Int16(POLLNVAL) != 0 || watchedOnce.contains(entry.fd) {
        done.append(entry.fd)
      }
    }
    for descriptor in done { forget(descriptor) }
  }

  public func wake() { wakeEvent.signal() }

  public func close() {
    wakeEvent.close()
    entries = []
    places = [:]
    watchedOnce = []
  }

  private func forget(_ descriptor: Int32) {
    watchedOnce.remove(descriptor)
    guard let place = places.removeValue(forKey: descriptor) else { return }
    let last = entries.removeLast()
    guard place < entries.count else { return }
    entries[place] = last
    places[last.fd] = place
  }
}
