/// What came of one input.
package struct CommandResult: Hashable, Sendable {
  package var status: ShellStatus
  /// Whether the session is over.
  package var endsSession: Bool
  /// Whether the input is only a beginning; nothing was executed.
  package var needsMore: Bool

  package init(status: ShellStatus = .ok, endsSession: Bool = false, needsMore: Bool = false) {
    self.status = status
    self.endsSession = endsSession
    self.needsMore = needsMore
  }
}
