/// Who watches which descriptor; the owner's.
struct DescriptorTable {
  enum Watcher {
    case callback(ScheduledAction)
    case waiter(Waiter, generation: UInt32)
  }

  /// A call that is made each time a descriptor is ready, in the context that it was added with.
  final class ScheduledAction: Sendable {
    let action: @Sendable () throws -> Void
    let context = SharedRunnerContext(.current)

    init(_ action: @escaping @Sendable () throws -> Void) {
      self.action = action
    }
  }

  struct Entry {
    var reader: Watcher?
    var writer: Watcher?

    var interest: DescriptorInterest {
      var interest: DescriptorInterest = []
      if reader != nil { interest.insert(.readable) }
      if writer != nil { interest.insert(.writable) }
      return interest
    }
  }

  private(set) var entries: [Int32: Entry] = [:]

  var isEmpty: Bool { entries.isEmpty }

  subscript(descriptor: Int32) -> Entry {
    get { entries[descriptor] ?? Entry() }
    set { entries[descriptor] = newValue.interest.isEmpty ? nil : newValue }
  }

  mutating func removeAll() { entries = [:] }
}
