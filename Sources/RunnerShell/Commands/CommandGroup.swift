/// What the commands of one part of the help have in common.
package enum CommandGroup: String, Hashable, Sendable, CaseIterable {
  case lifeCycle = "life cycle"
  case look
  case cells
  case learning
  case session
}
