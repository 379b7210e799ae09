/// How text is to be drawn: everything that a renderer may depend on besides its data.
package struct RenderSpec: Hashable, Sendable {
  /// The columns of the terminal; `nil` means that nothing is cut.
  package var width: Int?
  /// Whether styles become escape sequences.
  package var usesColor: Bool
  /// Whether only ASCII may be written.
  package var usesASCII: Bool

  /// Creates a spec; the default is that of a pipe: unlimited, plain, UTF-8.
  package init(width: Int? = nil, usesColor: Bool = false, usesASCII: Bool = false) {
    self.width = width
    self.usesColor = usesColor
    self.usesASCII = usesASCII
  }

  /// The signs to draw with.
  package var glyphs: Glyphs { usesASCII ? .ascii : .unicode }
}
