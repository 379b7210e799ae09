import RunnerCore

/// One way in which a task stands where it does: a heading of the page, with the code that makes it.
struct Kind: Sendable {
  /// When the task is looked at.
  enum Moment: Sendable {
    /// As soon as it is made.
    case atOnce
    /// After a few turns of the loop.
    case soon
    /// A second later, on a clock that does not wait.
    case later
    /// When the loop has come to a stand.
    case afterwards
    /// From another thread, once the explanation is the one that is meant.
    case beside(@Sendable (Explanation) -> Bool)
  }

  /// Which of the tasks is looked at.
  enum Subject: Sendable {
    /// The one that `Stage.make` made.
    case own
    /// The first child task that Swift made.
    case child
  }

  let title: String
  let subject: Subject
  let moment: Moment
  let start: @Sendable (Stage) throws -> Void

  init(
    _ title: String, of subject: Subject = .own, _ moment: Moment = .later,
    start: @escaping @Sendable (Stage) throws -> Void
  ) {
    self.title = title
    self.subject = subject
    self.moment = moment
    self.start = start
  }

  /// A heading over several kinds.
  struct Group: Sendable {
    let title: String
    let kinds: [Kind]
  }

  static let groups: [Group] = [awaitsOfSwift(), awaitsOfTheLibrary(), states(), loops()]
}

/// Where a kind is played: one loop, and what its tasks share.
struct Stage: Sendable {
  static let name = "it"

  let loop: EventLoop
  let gate = Gate()

  /// Makes the task that is looked at.
  @discardableResult
  func make(
    fileID: String = #fileID, line: Int = #line, function: String = #function,
    _ body: sending @escaping () async throws -> Void
  ) throws -> RunnerTask<Void> {
    try loop.makeTask(
      named: Self.name, fileID: fileID, line: line, function: function, body)
  }
}
