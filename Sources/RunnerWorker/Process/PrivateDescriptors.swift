private import Glibc
private import Synchronization

/// The worker's own descriptors: user code that closes small numbers, writes to them, or forks, must not
/// meet the connection to the front end.
enum PrivateDescriptors {
  /// Above what a program has open as a rule.
  private static let floor: Int32 = 900
  /// The numbers that code tries first; nothing of ours is behind them.
  private static let decoys: ClosedRange<Int32> = 3...9

  private static let connection = Atomic<Int32>(-1)
  private static let nothing = Atomic<Int32>(-1)
  private static let output = Atomic<Int32>(-1)
  private static let errors = Atomic<Int32>(-1)
  private static let owner = Atomic<Int32>(0)

  /// Moves a descriptor out of the way; where the system allows no such number it stays.
  static func movedUp(_ descriptor: Int32) -> Int32 {
    let moved = copied(descriptor)
    guard moved >= 0 else { return descriptor }
    close(descriptor)
    return moved
  }

  /// Guards the connection, and what standard output and error are now; returns the connection's number.
  static func guarding(_ descriptor: Int32) -> Int32 {
    let moved = movedUp(descriptor)
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    nothing.store(copied(null), ordering: .relaxed)
    for number in decoys where fcntl(number, F_GETFD) == -1 {
      if dup2(null, number) == number { _ = fcntl(number, F_SETFD, FD_CLOEXEC) }
    }
    if null > decoys.upperBound { close(null) }
    output.store(copied(STDOUT_FILENO), ordering: .relaxed)
    errors.store(copied(STDERR_FILENO), ordering: .relaxed)
    connection.store(moved, ordering: .relaxed)
    owner.store(getpid(), ordering: .relaxed)
    // A copy of the process says nothing to the front end.
    pthread_atfork(nil, nil) {
      let null = PrivateDescriptors.nothing.load(ordering: .relaxed)
      let socket = PrivateDescriptors.connection.load(ordering: .relaxed)
      if null >= 0 { dup2(null, socket) } else { close(socket) }
    }
    return moved
  }

  /// Opens standard output and error again where a run has closed them, and ends the process when it is a
  /// copy that a run has made.
  static func mendAfterRun() {
    let first = owner.load(ordering: .relaxed)
    guard first != 0 else { return }
    if getpid() != first { _exit(0) }
    mend(STDOUT_FILENO, output.load(ordering: .relaxed))
    mend(STDERR_FILENO, errors.load(ordering: .relaxed))
  }

  private static func mend(_ number: Int32, _ copy: Int32) {
    if copy >= 0, fcntl(number, F_GETFD) == -1 { dup2(copy, number) }
  }

  private static func copied(_ descriptor: Int32) -> Int32 {
    let high = fcntl(descriptor, F_DUPFD_CLOEXEC, floor)
    return high >= 0 ? high : fcntl(descriptor, F_DUPFD_CLOEXEC, decoys.upperBound + 1)
  }
}
