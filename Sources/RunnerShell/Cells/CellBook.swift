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

  private struct Cell: Sendable {
    var number: Int
    var request: CellRequest
    var declaredNames: [String]
    var outcome: Outcome
  }

  /// The cells of this worker that compiled, in their order.
  private var cells: [Cell] = []
  /// Those that a worker which is gone had, and that worked there.
  package private(set) var lost: [CellRequest] = []

  package init() {}

  /// The names that are declared now.
  package var declaredNames: Set<String> { Set(cells.flatMap(\.declaredNames)) }

  /// The cells that came to their end, for a file.
  package var worked: [CellRequest] { cells.filter { $0.outcome == .worked }.map(\.request) }

  /// Notes that a cell compiled.
  package mutating func begin(_ request: CellRequest, number: Int, declaring names: [String]) {
    cells.append(Cell(number: number, request: request, declaredNames: names, outcome: .begun))
  }

  /// Notes what came of a cell.
  package mutating func end(_ number: Int, _ outcome: Outcome) {
    for index in cells.indices where cells[index].number == number {
      cells[index].outcome = outcome
    }
  }

  /// The worker is gone with all that was declared.
  package mutating func lose() {
    lost = worked + lost
    cells = []
  }

  /// Takes the first lost cell, to run it again.
  package mutating func takeLost() -> CellRequest? {
    lost.isEmpty ? nil : lost.removeFirst()
  }

  /// Puts back what did not work again.
  package mutating func putBack(_ request: CellRequest) {
    lost.insert(request, at: 0)
  }

  /// Forgets everything.
  package mutating func forget() {
    cells = []
    lost = []
  }
}
