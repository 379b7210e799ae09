/// What one input turns out to be.
package enum Input: Sendable {
  /// Nothing but blanks.
  case empty
  /// A bracket or quote is open: the next line belongs to it.
  case needsMore
  case command(Invocation)
  /// Swift that is no call of a built-in coroutine, with its comments and line ends as they were typed.
  case swift(String)
}
