package import RunnerCore

/// The colours of states, the same everywhere.
package enum StateStyle {
  package static func style(of state: TaskState) -> StyledText.Style {
    switch state {
    case .running, .ready: .good
    case .failed: .bad
    case .cancelled: .warning
    case .created, .suspended, .finished: .plain
    }
  }

  /// Returns the state as a cell of a table.
  package static func cell(_ state: TaskState) -> Table.Cell {
    Table.Cell(state.rawValue, style: style(of: state))
  }
}
