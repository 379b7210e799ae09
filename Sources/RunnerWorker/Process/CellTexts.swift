internal import RunnerCore
private import Synchronization

/// The texts that were compiled, for a report of a crash: it shows the line, and the session may be locked then.
enum CellTexts {
  private struct Text {
    var name: String
    var firstLine: Int
    var lines: [String]
  }

  private static let texts = Mutex<[Text]>([])

  /// Notes what a name in a stack stands for; the newest text of a place counts.
  static func note(_ cell: CellRequest, name: String) {
    let lines = cell.source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    texts.withLock {
      $0.removeAll { $0.name == name && $0.firstLine == cell.firstLine }
      $0.append(Text(name: name, firstLine: cell.firstLine, lines: lines.map(String.init)))
    }
  }

  /// A line, counted from 1, without the space around it; `nil` when it is not known, or cannot be told now.
  static func line(_ number: Int, of name: String) -> String? {
    texts.withLockIfAvailable { texts -> String? in
      for text in texts.reversed() where name == text.name || name.hasSuffix("/" + text.name) {
        let index = number - text.firstLine
        guard text.lines.indices.contains(index) else { continue }
        let line = text.lines[index].drop(while: \.isWhitespace)
        return line.isEmpty ? nil : String(line)
      }
      return nil
    } ?? nil
  }
}
