/// Who watches which descriptor; the owner's.
struct DescriptorTable {
  enum Watcher {
    case callback(ScheduledAction)
    case waiter(Waiter, generation: UInt32)
    /// A task that is about to wait, or that has been told and has not gone on yet.
    case reserved(isWatching: Bool)

    var isCallback: Bool { if case .callback = self { true } else { false } }

    var isWatching: Bool { if case .reserved(let isWatching) = self { isWatching } else { true } }
  }

  /// A call that is made each time a descriptor is ready, in the context that it was added with.
  final class ScheduledAction: Sendable {
    let action: @Sendable () throws -> Void
    let context = SharedRunnerContext(.current)

    init(_ action: @escaping @Sendable () throws -> Void) {
      self.action = action
    }
  }

  /// What the selector shall do with a descriptor.
  enum Watch: Equatable {
    case nothing
    /// Tasks wait for its next event.
    case once(DescriptorInterest)
    case always(DescriptorInterest)
  }

  struct Entry {
    var reader: Watcher?
    var writer: Watcher?

    var interest: DescriptorInterest {
      var interest: DescriptorInterest = []
      if reader?.isWatching == true { interest.insert(.readable) }
      if writer?.isWatching == true { interest.insert(.writable) }
      return interest
    }

    var watch: Watch {
      let interest = interest
      if interest.isEmpty { return .nothing }
      let isLasting = reader?.isCallback == true || writer?.isCallback == true
      return isLasting ? .always(interest) : .once(interest)
    }

    fileprivate var isEmpty: Bool { reader == nil && writer == nil }
  }

  /// By descriptor: those are small numbers.
  private var entries: [Entry] = []
  private var count = 0

  var isEmpty: Bool { count == 0 }

  /// Those that somebody watches, by their numbers.
  var watched: [(descriptor: Int32, entry: Entry)] {
    entries.enumerated().filter { !$0.element.isEmpty }
      .map { (Int32(truncatingIfNeeded: $0.offset), $0.element) }
  }

  /// A negative descriptor is never watched: the selector refuses it.
  subscript(descriptor: Int32) -> Entry {
    get {
      let index = Int(descriptor)
      return entries.indices.contains(index) ? entries[index] : Entry()
    }
    set {
      let index = Int(descriptor)
      guard index >= 0 else { return }
      if index >= entries.count {
        if newValue.isEmpty { return }
        entries += repeatElement(Entry(), count: index + 1 - entries.count)
      }
      count += (entries[index].isEmpty ? 1 : 0) - (newValue.isEmpty ? 1 : 0)
      entries[index] = newValue
    }
  }

  mutating func removeAll() { self = DescriptorTable() }
}
