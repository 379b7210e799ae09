/// Cuts the rest of a command line into words, with `'...'` and `"..."` around what holds blanks.
///
/// Words are no Swift: inside `"..."` a backslash makes a quote or a backslash text, and stands for itself
/// before everything else.
package struct WordScanner: Sendable {
  package struct Word: Hashable, Sendable {
    package var text: String
    /// Whether any part was quoted: a quoted `--all` or `&` is text.
    package var isQuoted = false

    /// Whether the word is written like a flag.
    package var isFlag: Bool { !isQuoted && text.hasPrefix("--") && text.count > 2 }
  }

  /// What has not been cut yet.
  package private(set) var rest: Substring
  /// Whether the text ended inside an open quote.
  package private(set) var endsInQuote = false

  package init(_ text: String) {
    rest = text[...]
    skipBlanks()
  }

  /// Returns the words of a text; `nil` means that a quote is still open.
  package static func words(_ text: String) -> [Word]? {
    var scanner = WordScanner(text)
    var words: [Word] = []
    while let word = scanner.next() { words.append(word) }
    return scanner.endsInQuote ? nil : words
  }

  /// Returns the next word as it stands, without taking it.
  package var peek: Word? {
    var copy = self
    return copy.next()
  }

  /// Takes the next word and the blanks after it; `nil` at the end.
  package mutating func next() -> Word? {
    guard !rest.isEmpty else { return nil }
    var word = Word(text: "")
    var quote: Character?
    while let character = rest.first, quote != nil || !character.isWhitespace {
      rest = rest.dropFirst()
      if character == "\\", quote == "\"", let next = rest.first, next == "\"" || next == "\\" {
        word.text.append(next)
        rest = rest.dropFirst()
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
        word.isQuoted = true
      } else {
        word.text.append(character)
      }
    }
    endsInQuote = quote != nil
    skipBlanks()
    return word
  }

  private mutating func skipBlanks() {
    rest = rest.drop(while: \.isWhitespace)
  }
}
