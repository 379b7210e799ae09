private import Synchronization

/// Reads lines that are at hand already; it shows nothing.
package final class LineListReader: LineReader {
  private struct State {
    var lines: ArraySlice<String>
    var isInterrupted = false
  }

  private let state: Mutex<State>

  package init(_ lines: [String]) {
    state = Mutex(State(lines: lines[...]))
  }

  package func readLine(_ request: LineRequest) -> LineResult {
    state.withLock { state in
      guard !state.isInterrupted else { return .interrupted(hadText: false) }
      return state.lines.popFirst().map(LineResult.line) ?? .endOfInput
    }
  }

  package func write(_ bytes: [UInt8]) {}

  /// Ends the list: whoever reads next is told of the interrupt, not of an end.
  package func interrupt() {
    state.withLock { $0.isInterrupted = true }
  }
}
