private import Synchronization

/// Requests of other threads to look at a loop between two of its steps.
struct InspectionQueue: ~Copyable, Sendable {
  /// A request that is done once, or withdrawn before.
  typealias Ticket = LockedValue<(@Sendable () -> Void)?>

  private let tickets = LateValue<[Ticket]>()
  private let requested = Atomic<Bool>(false)

  /// Whether `serve` has something to do; cheap enough to be asked after every step.
  var isRequested: Bool { requested.load(ordering: .sequentiallyConsistent) }

  /// Hands over a request.
  func append(_ ticket: Ticket) {
    tickets.withLock { $0.append(ticket) }
    requested.store(true, ordering: .sequentiallyConsistent)
  }

  /// Does what was asked for; called by the loop's owner between two steps.
  func serve() {
    requested.store(false, ordering: .sequentiallyConsistent)
    let taken = tickets.ifMade { tickets in
      defer { tickets = [] }
      return tickets
    }
    for ticket in taken ?? [] {
      let work = ticket.withLock { work in
        defer { work = nil }
        return work
      }
      work?()
    }
  }
}
