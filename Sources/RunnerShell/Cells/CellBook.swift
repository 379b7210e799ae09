package import RunnerCore

/// The cells of a session: which of them could be run again, and what they declare.
package struct CellBook: Sendable {
  /// What came of a cell.
  package enum Outcome: Hashable, Sendable {
    /// It runs, or nothing is known of its end.
    case begun
    /// It came to its end.
    case worked
    /// It threw, was cancelled, or was interrupted.
    case failed
  }

  package struct Cell: Hashable, Sendable {
    package var number: Int
    package var request: CellRequest
    package var declaredNames: [String]
    package var outcome: Outcome
    /// Whether something was printed while it ran.
    package var hasPrinted: Bool
    /// Whether it was run again after a worker was lost.
    package var isReplayed: Bool

    package init(
      number: Int, request: CellRequest, declaredNames: [String], outcome: Outcome,
      hasPrinted: Bool = false, isReplayed: Bool = false
    ) {
      self.number = number
      self.request = request
      self.declaredNames = declaredNames
      self.outcome = outcome
      self.hasPrinted = hasPrinted
      self.isReplayed = isReplayed
    }
  }

  /// The cells of this worker that compiled, in their order.
  private var cells: [Cell] = []
  /// Those that a worker which is gone had, and that others may need: they worked, or failed after
  /// something was declared.
  package private(set) var lost: [Cell] = []
  /// The highest number that a cell has had.
  private var highestNumber = 0
  private var hasLostWorker = false

  package init() {}

  /// The names that are declared now.
  package var declaredNames: Set<String> { Set(cells.flatMap(\.declaredNames)) }

  /// The names that went with a lost worker, and that 'replay' brings back.
  package var lostNames: Set<String> {
    Set(lost.flatMap(\.declaredNames)).subtracting(declaredNames)
  }

  /// The cells that came to their end, for a file: the lost ones where 'replay' runs them.
  package var worked: [Cell] {
    inOrder.filter { $0.outcome == .worked }
  }

  /// All cells in the order in which they are to run again: those that ran again already, those that were
  /// lost before, and what came after them.
  private var inOrder: [Cell] {
    let place = cells.lastIndex(where: \.isReplayed).map { $0 + 1 } ?? 0
    return cells[..<place] + lost + cells[place...]
  }

  /// How many did not, and declare something that others may use.
  package var failedDeclarations: Int {
    (cells + lost).count { $0.outcome == .failed && !$0.declaredNames.isEmpty }
  }

  /// The number of the cell that runs, or of which nothing more was heard.
  package var running: Int? { cells.last { $0.outcome == .begun }?.number }

  /// What the next cell is to be called, so that no number ever means two cells; `nil` leaves it to the
  /// only worker that there has been.
  package var nextNumber: Int? { hasLostWorker ? firstFreeNumber : nil }

  /// The number behind all that cells have had.
  package var firstFreeNumber: Int { highestNumber + 1 }

  /// A line, counted from 1, of the text of a cell.
  package func line(_ line: Int, of number: Int) -> String? {
    guard let cell = cells.last(where: { $0.number == number }) else { return nil }
    let lines = cell.request.source.split(separator: "\n", omittingEmptySubsequences: false)
    let index = line - cell.request.firstLine
    return lines.indices.contains(index) ? String(lines[index]) : nil
  }

  /// Notes that a cell compiled.
  package mutating func begin(
    _ request: CellRequest, number: Int, declaring names: [String], isReplayed: Bool = false
  ) {
    highestNumber = max(highestNumber, number)
    cells.append(
      Cell(
        number: number, request: request, declaredNames: names, outcome: .begun,
        isReplayed: isReplayed))
  }

  /// Notes what came of a cell.
  package mutating func end(_ number: Int, _ outcome: Outcome, hasPrinted: Bool = false) {
    for index in cells.indices where cells[index].number == number {
      cells[index].outcome = outcome
      cells[index].hasPrinted = hasPrinted
    }
  }

  /// The worker is gone with all that was declared.
  package mutating func lose() {
    lost = inOrder.filter {
      $0.outcome == .worked || ($0.outcome == .failed && !$0.declaredNames.isEmpty)
    }
    cells = []
    hasLostWorker = true
  }

  /// Takes the first lost cell, to run it again.
  package mutating func takeLost() -> Cell? {
    lost.isEmpty ? nil : lost.removeFirst()
  }

  /// Puts back what did not work again.
  package mutating func putBack(_ cell: Cell) {
    lost.insert(cell, at: 0)
  }

  /// Forgets everything but the numbers.
  package mutating func forget() {
    cells = []
    lost = []
  }
}
