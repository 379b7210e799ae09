/// A part of the text that is painted in a style of its own.
struct PaintedSpan: Hashable, Sendable {
  /// In scalars of the text.
  var range: Range<Int>
  var sgr: String
}
