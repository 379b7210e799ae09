private import Synchronization

/// Reads lines that are at hand already; it shows nothing.
package final class LineListReader: LineReader {
  private let lines: Mutex<ArraySlice<String>>

  package init(_ lines: [String]) {
    self.lines = Mutex(lines[...])
  }

  package func readLine(_ request: LineRequest) -> LineResult {
    lines.withLock { $0.popFirst() }.map(LineResult.line) ?? .endOfInput
  }

  package func write(_ bytes: [UInt8]) {}

  package func interrupt() {
    lines.withLock { $0 = [] }
  }
}
