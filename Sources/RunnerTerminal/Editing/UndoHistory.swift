/// What the line was before each of its last changes, as a value.
///
/// What is typed without a pause for another key is one change for each word.
struct UndoHistory: Sendable {
  /// What the next key is, as far as changes go together.
  enum Step: Hashable, Sendable {
    case word, blank, other
  }

  private static let mostStates = 200
  /// Of all states together, so that long texts do not fill the memory.
  private static let mostScalars = 1 << 20

  private var states: [LineText] = []
  private var count = 0
  private var last: Step?

  /// Whether the line as it is has to be noted before such a key: a key within a word goes on with its change, and so
  /// does what comes in one run, as a paste that nothing marks.
  func needsNote(before step: Step, isRun: Bool = false) -> Bool {
    guard step != .other, let last, last != .other else { return true }
    return last == .blank && step == .word && !isRun
  }

  /// Notes that a key follows.
  mutating func begin(_ step: Step) { last = step }

  /// Notes what the line is before a key that may change it.
  mutating func note(_ text: LineText) {
    if states.last?.scalars == text.scalars { count -= states.removeLast().scalars.count }
    states.append(text)
    count += text.scalars.count
    while states.count > Self.mostStates || (count > Self.mostScalars && states.count > 1) {
      count -= states.removeFirst().scalars.count
    }
  }

  /// Takes the newest state that is not the line as it is; nil when there is none.
  mutating func undo(from text: LineText) -> LineText? {
    last = nil
    while let state = states.popLast() {
      count -= state.scalars.count
      if state.scalars != text.scalars { return state }
    }
    return nil
  }
}
