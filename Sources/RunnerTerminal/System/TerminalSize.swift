private import CEditLine

/// The size of a terminal, asked of the system.
package enum TerminalSize {
  /// The columns of the terminal behind a descriptor; `nil` when there is none.
  package static func columns(of descriptor: Int32) -> Int? {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard cedit_window_size(descriptor, &columns, &rows) else { return nil }
    return Int(columns)
  }
}
