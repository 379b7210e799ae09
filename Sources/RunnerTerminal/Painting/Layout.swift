/// A frame as rows of a given width, and the cursor's place in them.
struct Layout: Sendable {
  let rows: [Row]
  let cursor: ScreenPoint

  init(_ frame: Frame, columns: Int) {
    var builder = RowBuilder(columns: columns)
    if !frame.live.isEmpty {
      Self.putLive(frame.live, into: &builder)
      builder.newRow()
    }
    builder.put(frame.prompt)
    let cursor = Self.putText(of: frame, into: &builder)
    if !frame.isFinal {
      builder.putClipped(frame.suggestion, ellipsis: frame.ellipsis)
      for row in frame.menu {
        builder.newRow()
        builder.putClipped(row, ellipsis: frame.ellipsis)
      }
    }
    self.rows = builder.rows
    self.cursor = cursor
  }

  private static func putLive(_ line: SanitizedLine, into builder: inout RowBuilder) {
    var style = ""
    for piece in line {
      switch piece {
      case .erasure: break
      case .style(let parameters):
        // A sequence adds to the ones before it, unless it begins with a reset.
        let isReset = parameters.isEmpty || parameters == "0" || parameters.hasPrefix("0;")
        style = isReset || style.isEmpty ? parameters : "\(style);\(parameters)"
        if parameters.isEmpty || parameters == "0" { style = "" }
        builder.setStyle(style)
      case .text(let text):
        for character in text {
          if character == "\t" { builder.putTab() } else { builder.put(Glyph(character)) }
        }
      }
    }
    builder.setStyle("")
  }

  /// Puts the text row by row; returns where the cursor stands.
  private static func putText(of frame: Frame, into builder: inout RowBuilder) -> ScreenPoint {
    let text = frame.text
    var cursor: ScreenPoint?
    var index = 0
    var spans = frame.spans[...]
    while index < text.count {
      let scalar = text[index]
      while let first = spans.first, first.range.upperBound <= index { spans.removeFirst() }
      let span = spans.first.flatMap { $0.range.contains(index) ? $0 : nil }
      if scalar == "\n" {
        if cursor == nil, frame.cursor <= index { cursor = endPoint(&builder) }
        builder.newRow()
        builder.put(frame.continuationPrompt)
        index += 1
        continue
      }
      builder.setStyle(span?.sgr ?? "")
      let isPlain =
        scalar.value >= 0x20 && scalar.value < 0x7F
        && (index + 1 == text.count || text[index + 1].isASCII)
      let count = isPlain ? 1 : Graphemes.length(in: text, at: index)
      let glyph =
        isPlain || scalar == "\t" ? nil : Graphemes.glyph(in: text, at: index, count: count)
      if cursor == nil, frame.cursor < index + count {
        builder.wrap(before: glyph?.room ?? 1)
        cursor = builder.point
      }
      if let glyph {
        builder.put(glyph)
      } else if scalar == "\t" {
        builder.putTab()
      } else {
        builder.put(ascii: UInt8(scalar.value))
      }
      index += count
    }
    builder.setStyle("")
    return cursor ?? endPoint(&builder)
  }

  private static func endPoint(_ builder: inout RowBuilder) -> ScreenPoint {
    builder.wrap()
    return builder.point
  }
}
