/// What the commands of one part of the help have in common.
package enum CommandGroup: String, Hashable, Sendable, CaseIterable {
  case lifeCycle = "life cycle"
  case look
  case cells
  case learning
  case session

  /// The name as a title.
  package var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}
