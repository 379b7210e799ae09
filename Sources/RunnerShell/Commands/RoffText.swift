/// Text as roff, the language of manual pages, takes it.
package enum RoffText {
  /// Returns a line of text that begins no request and in which nothing is replaced.
  package static func line(_ text: String) -> String {
    let escaped = escape(text)
    return escaped.hasPrefix(".") ? "\\&\(escaped)" : escaped
  }

  /// Returns the text as one word of a request.
  package static func word(_ text: String) -> String {
    "\"\(escape(text).replacing("\"", with: "\\(dq"))\""
  }

  private static func escape(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("'", with: "\\(aq")
      .replacing("`", with: "\\(ga")
  }
}
