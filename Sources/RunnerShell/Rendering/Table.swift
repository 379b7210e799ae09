/// Rows under a header, fitted into the width of a terminal.
///
/// Where the width is short, cells first take their short forms, and long texts are cut. Then the
/// columns give way in the order of their ranks: each is cut, or goes when little of it would be
/// left. Columns without a rank stay whole, but for those with a least width: these are cut to that before
/// a column goes that has one, too.
package struct Table: Hashable, Sendable {
  package struct Column: Hashable, Sendable {
    package var title: String
    package var isRightAligned: Bool
    /// The width that the column has at least, so that changing digits do not move the rest.
    package var minimumWidth: Int
    /// Columns with a higher rank give way earlier; `nil` never does.
    package var cutRank: Int?
    /// The width to which a column of long texts is cut before any other goes.
    package var textWidth: Int?
    /// The width that is left of the column when all others that can go have gone.
    package var leastWidth: Int?

    package init(
      _ title: String, isRightAligned: Bool = false, minimumWidth: Int = 0, cutRank: Int? = nil,
      textWidth: Int? = nil, leastWidth: Int? = nil
    ) {
      self.title = title
      self.isRightAligned = isRightAligned
      self.minimumWidth = minimumWidth
      self.cutRank = cutRank
      self.textWidth = textWidth
      self.leastWidth = leastWidth
    }
  }

  package struct Cell: Hashable, Sendable, ExpressibleByStringLiteral {
    package var text: String
    /// What stands here when the whole text does not fit.
    package var short: String?
    package var style: StyledText.Style

    package init(_ text: String, short: String? = nil, style: StyledText.Style = .plain) {
      self.text = text
      self.short = short
      self.style = style
    }

    package init(stringLiteral value: String) {
      self.init(value)
    }
  }

  package var columns: [Column]
  package var rows: [[Cell]]

  package init(columns: [Column], rows: [[Cell]]) {
    self.columns = columns
    self.rows = rows
  }

  /// Returns the header and the rows.
  package func render(_ spec: RenderSpec) -> [StyledLine] {
    let widths = fittedWidths(spec)
    let header = columns.map { Cell($0.title, style: .dim) }
    return ([header] + rows).map { line($0, widths, spec) }
  }

  private static let gap = 2
  private static let narrowest = 8

  private func fittedWidths(_ spec: RenderSpec) -> [Int?] {
    var widths: [Int?] = columns.indices.map { index in
      let cells = rows.map { DisplayWidth.of($0[index].text) }
      return max(columns[index].minimumWidth, columns[index].title.count, cells.max() ?? 0)
    }
    guard let limit = spec.width else { return widths }
    let cuttable = columns.indices
      .filter { columns[$0].cutRank != nil }
      .sorted { (columns[$0].cutRank ?? 0) > (columns[$1].cutRank ?? 0) }
    for index in cuttable {
      guard let width = widths[index], let short = shortWidth(of: index) else { continue }
      let excess = max(0, Self.total(widths) - limit)
      widths[index] = max(short, width - excess)
    }
    let whole = widths
    for index in columns.indices {
      guard let width = widths[index], let least = columns[index].textWidth else { continue }
      let excess = max(0, Self.total(widths) - limit)
      widths[index] = min(width, max(least, width - excess))
    }
    for index in cuttable {
      let excess = Self.total(widths) - limit
      guard excess > 0, let width = widths[index] else { continue }
      let rest = width - excess
      let least = shortWidth(of: index) ?? max(Self.narrowest, columns[index].title.count)
      widths[index] =
        columns[index].leastWidth.map { min(width, max($0, rest)) } ?? (rest >= least ? rest : nil)
    }
    for index in columns.indices where columns[index].cutRank == nil {
      guard let width = widths[index], let least = columns[index].leastWidth else { continue }
      widths[index] = min(width, max(least, width - max(0, Self.total(widths) - limit)))
    }
    for index in cuttable where Self.total(widths) > limit { widths[index] = nil }
    // What a column left behind by going, the texts get back.
    for index in columns.indices
    where columns[index].textWidth != nil || columns[index].leastWidth != nil {
      guard let width = widths[index], let full = whole[index] else { continue }
      widths[index] = min(full, width + max(0, limit - Self.total(widths)))
    }
    return widths
  }

  /// Returns the columns that all cells of a column need in their short forms, if it has these.
  private func shortWidth(of index: Int) -> Int? {
    guard rows.contains(where: { $0[index].short != nil }) else { return nil }
    let cells = rows.map { DisplayWidth.of($0[index].short ?? $0[index].text) }
    return max(columns[index].title.count, cells.max() ?? 0)
  }

  private static func total(_ widths: [Int?]) -> Int {
    let present = widths.compactMap(\.self)
    return present.reduce(0, +) + (present.count - 1) * gap
  }

  private func line(_ cells: [Cell], _ widths: [Int?], _ spec: RenderSpec) -> StyledLine {
    var runs: [StyledText] = []
    var padding = 0
    for (index, cell) in cells.enumerated() {
      guard let width = widths[index] else { continue }
      let text = fit(cell, width, spec)
      guard !text.isEmpty else {
        padding += width + Self.gap
        continue
      }
      let blank = width - DisplayWidth.of(text)
      let leading = columns[index].isRightAligned ? blank : 0
      padding += leading
      if padding > 0 { runs.append(StyledText(String(repeating: " ", count: padding))) }
      runs.append(StyledText(text, cell.style))
      padding = blank - leading + Self.gap
    }
    return StyledLine(runs)
  }

  private func fit(_ cell: Cell, _ width: Int, _ spec: RenderSpec) -> String {
    if DisplayWidth.of(cell.text) <= width { return cell.text }
    if let short = cell.short, DisplayWidth.of(short) <= width { return short }
    let mark = spec.glyphs.ellipsis
    return DisplayWidth.prefix(of: cell.short ?? cell.text, columns: width - mark.count) + mark
  }
}
