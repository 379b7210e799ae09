/// Output that can do no harm beside a prompt.
typealias SanitizedLine = [SanitizedPiece]

/// A part of a sanitized line.
enum SanitizedPiece: Hashable, Sendable {
  /// Printable characters and tabs.
  case text(String)
  /// The parameters of an SGR sequence.
  case style(String)
  /// The parameters of a sequence that erases in the line.
  case erasure(String)
}

/// Lets colours through and takes everything else out of foreign output that acts on the terminal: cursor motion,
/// clearing, titles, questions that the terminal would answer.
///
/// A style that is switched on in one line holds in the next ones. `\r` begins a line anew, as progress bars do;
/// NUL and BEL vanish; other control characters are shown as `^X`.
struct TerminalSanitizer: Sendable {
  /// More sequences in effect at once than any program means.
  private static let mostStyles = 16
  private var styles: [String] = []

  /// Cleans one whole line without its line feed, and remembers its style for the next.
  mutating func finish(_ line: ArraySlice<UInt8>) -> [UInt8] {
    if styles.isEmpty, Self.isHarmless(line) { return Array(line) }
    let pieces = preview(line)
    var bytes: [UInt8] = []
    styles = []
    for piece in pieces {
      switch piece {
      case .text(let text): bytes += text.utf8
      case .erasure: break
      case .style(let parameters):
        bytes += "\u{1B}[\(parameters)m".utf8
        remember(parameters)
      }
    }
    if !styles.isEmpty { bytes += "\u{1B}[0m".utf8 }
    return bytes
  }

  /// Cleans a line that has not ended, and remembers nothing.
  func preview(_ line: ArraySlice<UInt8>) -> SanitizedLine {
    var parser = SequenceFilter()
    for scalar in String(decoding: Self.lastSegment(line), as: UTF8.self).unicodeScalars {
      parser.take(scalar)
    }
    return styles.map { .style($0) } + parser.takePieces()
  }

  private mutating func remember(_ parameters: String) {
    if parameters.isEmpty || parameters == "0" {
      styles = []
    } else if parameters.hasPrefix("0;") {
      styles = [parameters]
    } else if styles.count < Self.mostStyles {
      styles.append(parameters)
    }
  }

  /// What stands in the line after carriage returns: the text behind the last one that has any.
  private static func lastSegment(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard line.contains(0x0D) else { return line }
    return line.split(separator: 0x0D).last ?? []
  }

  private static func isHarmless(_ line: ArraySlice<UInt8>) -> Bool {
    line.withContiguousStorageIfAvailable { bytes in
      bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 0x09 }
    } ?? false
  }
}
