/// Turns styled lines into the bytes that a terminal or a pipe gets.
package enum StylePainter {
  /// Returns the lines, each with its line end, and with escape sequences when colour is on.
  package static func bytes(of lines: [StyledLine], _ spec: RenderSpec) -> [UInt8] {
    var bytes: [UInt8] = []
    for line in lines {
      bytes.append(contentsOf: paint(line, spec).utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// Returns one line without its end, with escape sequences when colour is on.
  package static func paint(_ line: StyledLine, _ spec: RenderSpec) -> String {
    guard spec.usesColor else { return line.plain }
    return line.runs.map { run in
      guard let code = code(of: run.style), !run.text.isEmpty else { return run.text }
      return "\u{1B}[\(code)m\(run.text)\u{1B}[0m"
    }.joined()
  }

  private static func code(of style: StyledText.Style) -> String? {
    switch style {
    case .plain: nil
    case .bold: "1"
    case .dim: "2"
    case .good: "32"
    case .bad: "31"
    case .warning: "33"
    case .accent: "36"
    }
  }
}
