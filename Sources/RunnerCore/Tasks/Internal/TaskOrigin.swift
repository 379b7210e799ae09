/// What is the same for all tasks that one line makes, as pictures show it; equal ones have the same place and operation.
final class TaskOrigin: Sendable {
  let site: SourceSite?
  let operation: String
  let role: TaskRole

  init(site: SourceSite?, operation: String = "", role: TaskRole = .task) {
    self.site = site
    self.operation = operation
    self.role = role
  }
}

extension TaskOrigin: Hashable {
  static func == (left: TaskOrigin, right: TaskOrigin) -> Bool {
    left === right || left.site == right.site && left.operation == right.operation
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(site)
    hasher.combine(operation)
  }
}

/// The origins that a loop has seen last, so that the tasks of one line share one; for the loop's owner.
struct TaskOrigins: ~Copyable {
  /// The words that a place is: literals that are the same have the same ones.
  private struct Key {
    let file: (UInt, UInt)
    let function: (UInt, UInt)
    let line: Int

    init(_ fileID: String, _ line: Int, _ function: String) {
      file = unsafeBitCast(fileID, to: (UInt, UInt).self)
      self.function = unsafeBitCast(function, to: (UInt, UInt).self)
      self.line = line
    }

    @inline(__always)
    static func == (left: Key, right: Key) -> Bool {
      left.line == right.line && left.file == right.file && left.function == right.function
    }
  }

  private static let count = 16
  private let known: UnsafeMutablePointer<(key: Key, origin: TaskOrigin)>
  /// A bit for each place that is taken: most runners know one or two lines.
  private var taken: UInt16 = 0

  init() { known = .allocate(capacity: Self.count) }

  deinit {
    for index in 0..<Self.count where taken & 1 << index != 0 {
      // One by one: the compiler knows the type, and the runtime would look it up for each.
      (known + index).deinitialize(count: 1)
    }
    known.deallocate()
  }

  /// The origin of tasks that are made at the line.
  mutating func origin(fileID: String, line: Int, function: String) -> TaskOrigin {
    let key = Key(fileID, line, function)
    let index = line & (Self.count - 1)
    let isTaken = taken & 1 << index != 0
    if isTaken, known[index].key == key { return known[index].origin }
    // The origin keeps the texts, so that no other ones can have their words.
    let origin = TaskOrigin(site: SourceSite(fileID: fileID, line: line, function: function))
    if isTaken { (known + index).deinitialize(count: 1) }
    (known + index).initialize(to: (key, origin))
    taken |= 1 << index
    return origin
  }
}
