/// What vi's command mode remembers from key to key.
struct ViState: Sendable {
  /// What `.` does anew because libedit knows only how many characters it took, or where it began.
  enum Repetition: Hashable, Sendable {
    case change(ViChange)
    /// The key that began an insertion at a place in its line.
    case insertion(Unicode.Scalar)
  }

  /// The count before the key that comes next.
  var count: Int?
  /// What the last change took, if it took whole lines.
  var lines: [Unicode.Scalar]?
  var repetition: Repetition?
  /// Whether `.` has been pressed since the last key of a person: one within what it repeats would go on for ever.
  var hasRepeated = false
  /// Whether lines are put above the cursor's.
  var putsAbove = false
}
