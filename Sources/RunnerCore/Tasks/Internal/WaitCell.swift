internal import Synchronization

/// The place that awaits: three literals, kept as the pointers that they are.
struct WaitSite {
  var fileID: StaticString
  var line: UInt
  var function: StaticString

  init(_ fileID: StaticString, _ line: UInt, _ function: StaticString) {
    self.fileID = fileID
    self.line = line
    self.function = function
  }
}

/// The same as three words: two addresses of zero-terminated literals, and the line.
struct WaitPlace: Hashable, Sendable {
  var file: UInt
  var line: UInt
  var function: UInt
}

extension WaitPlace {
  init(_ fileID: StaticString, _ line: UInt, _ function: StaticString) {
    self.init(WaitSite(fileID, line, function))
  }

  init(_ site: WaitSite) {
    file = UInt(bitPattern: site.fileID.utf8Start)
    line = site.line
    function = UInt(bitPattern: site.function.utf8Start)
  }
}

extension SourceSite {
  /// The same place, with texts of its own; `nil` where the addresses are none.
  init?(_ place: WaitPlace) {
    guard let file = UnsafePointer<CChar>(bitPattern: place.file),
      let function = UnsafePointer<CChar>(bitPattern: place.function)
    else { return nil }
    self.init(
      fileID: String(cString: file), line: Int(place.line), function: String(cString: function))
  }

  /// The same place, with texts of its own.
  init(_ site: WaitSite) {
    self.init(
      fileID: site.fileID.description, line: Int(site.line), function: site.function.description)
  }
}

/// What a wait is for, as a number beside it says more: a deadline, an identity, a descriptor.
enum WaitKind: UInt8 {
  case none
  case nextIteration
  case timer
  case task
  case tasks
  case anyTask
  case future
  case lock
  case event
  case condition
  case semaphore
  case barrier
  case queueItem
  case queueSpace
  case queueJoin
  case executor
  case generator
  case readable
  case writable
  case outside

  /// The object that the wait is for, where it is one of those that several tasks share.
  var object: WaitedObject? {
    switch self {
    case .lock: .lock
    case .event: .event
    case .condition: .condition
    case .semaphore: .semaphore
    case .barrier: .barrier
    case .queueItem: .queueItem
    case .queueSpace: .queueSpace
    case .queueJoin: .queueJoin
    case .executor: .executor
    case .generator: .generator
    case .none, .nextIteration, .timer, .task, .tasks, .anyTask, .future, .readable, .writable,
      .outside:
      nil
    }
  }
}

/// What a task waits for, written by the loop's owner and readable from any thread.
///
/// 1. Only the loop's owner writes. 2. `version` is odd while it does. 3. A reader that sees an odd
/// version, or two different ones, reads again. All accesses are atomic, so a reader never tears a
/// word and never waits for the loop.
struct WaitCell: ~Copyable {
  private let version = Atomic<UInt32>(0)
  private let line = Atomic<UInt32>(0)
  private let detail = Atomic<UInt64>(0)
  private let since = Atomic<Int64>(0)
  private let file = Atomic<UInt>(0)
  private let function = Atomic<UInt>(0)
  private let kind = Atomic<UInt8>(0)

  struct Content {
    var kind: WaitKind
    var detail: UInt64
    var since: Int64
    var place: WaitPlace?
  }

  func begin(_ newKind: WaitKind, detail newDetail: UInt64, since now: Int64, at site: WaitSite?) {
    let current = version.load(ordering: .relaxed)
    version.store(current &+ 1, ordering: .relaxed)
    atomicMemoryFence(ordering: .releasing)
    kind.store(newKind.rawValue, ordering: .relaxed)
    detail.store(newDetail, ordering: .relaxed)
    since.store(now, ordering: .relaxed)
    let place = site.map { WaitPlace($0) }
    file.store(place?.file ?? 0, ordering: .relaxed)
    line.store(UInt32(truncatingIfNeeded: place?.line ?? 0), ordering: .relaxed)
    function.store(place?.function ?? 0, ordering: .relaxed)
    version.store(current &+ 2, ordering: .releasing)
  }

  func end() {
    kind.store(WaitKind.none.rawValue, ordering: .relaxed)
  }

  /// What is waited for, without the rest.
  var currentKind: WaitKind { WaitKind(rawValue: kind.load(ordering: .relaxed)) ?? .none }

  func read() -> Content? {
    for _ in 0..<64 {
      let before = version.load(ordering: .acquiring)
      guard before & 1 == 0 else { continue }
      let kind = WaitKind(rawValue: self.kind.load(ordering: .relaxed)) ?? .none
      let detail = self.detail.load(ordering: .relaxed)
      let since = self.since.load(ordering: .relaxed)
      let place = WaitPlace(
        file: file.load(ordering: .relaxed), line: UInt(line.load(ordering: .relaxed)),
        function: function.load(ordering: .relaxed))
      atomicMemoryFence(ordering: .acquiring)
      guard version.load(ordering: .relaxed) == before else { continue }
      if kind == .none { return nil }
      return Content(
        kind: kind, detail: detail, since: since, place: place.file == 0 ? nil : place)
    }
    return nil
  }
}
