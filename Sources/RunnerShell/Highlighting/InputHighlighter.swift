/// Finds what is what in a half-typed input: commands as the prompt would take them, and Swift.
///
/// Lines are commands up to the first one that is Swift; that one takes all that follows it.
package struct InputHighlighter {
  private let classifier: InputClassifier
  private let bytes: [UInt8]
  /// Where the next line begins.
  private var place = 0
  private var tokens: [(range: Range<Int>, kind: LineHighlight.Kind)] = []

  /// Returns the parts, in order and apart from each other.
  package static func highlights(
    of text: String, _ classifier: InputClassifier
  ) -> [LineHighlight] {
    var highlighter = InputHighlighter(classifier: classifier, bytes: Array(text.utf8))
    while highlighter.place < highlighter.bytes.count { highlighter.takeLine() }
    return highlighter.inScalars(of: text)
  }

  private init(classifier: InputClassifier, bytes: [UInt8]) {
    self.classifier = classifier
    self.bytes = bytes
  }

  private mutating func takeLine() {
    let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    let line = String(decoding: bytes[place..<end], as: UTF8.self)
    let start = place + line.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
    place = min(bytes.count, end + 1)
    if start == end { return }
    if CommentScanner.droppingComments(line.trimmed()).isEmpty {
      return tokens.append((start..<end, .comment))
    }
    guard let command = classifier.command(beginning: line) else { return takeSwift(from: start) }
    let word = start..<endOfWord(from: start)
    tokens.append((word, .command))
    if command.takesSwift || command.takesExpression {
      takeSwift(from: word.upperBound, of: command, lineEnd: end)
    } else {
      takeWords(word.upperBound..<end, of: command)
    }
  }

  private func endOfWord(from start: Int) -> Int {
    let rest = String(decoding: bytes[start...], as: UTF8.self)
    let word = rest.dropFirst(rest.first == ":" ? 1 : 0)
      .prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return start + rest[..<word.endIndex].utf8.count
  }

  // MARK: Swift

  private mutating func takeSwift(from start: Int) {
    takeSwift(start..<bytes.count)
    place = bytes.count
  }

  private mutating func takeSwift(_ range: Range<Int>) {
    let text = String(decoding: bytes[range], as: UTF8.self)
    for token in classifier.grammar.tokens(of: text) {
      let place = range.lowerBound + token.range.lowerBound
      tokens.append((place..<(place + token.range.count), LineHighlight.Kind(token.kind)))
    }
  }

  /// Takes what a command runs: the rest of its line, or of everything while brackets are open.
  private mutating func takeSwift(from start: Int, of command: Command, lineEnd: Int) {
    let line = String(decoding: bytes[start..<lineEnd], as: UTF8.self)
    let end = classifier.grammar.isUnfinished(line) ? bytes.count : lineEnd
    let known = tokens.count
    takeSwift(start..<end)
    place = min(bytes.count, end + 1)
    guard !command.takesSwift else { return }
    let flags = words(start..<end).filter { isFlag($0, of: command) }
    let swift = tokens[known...].filter { token in !flags.contains { $0.overlaps(token.range) } }
    let isInText = { (flag: Range<Int>) in
      tokens[known...].contains {
        $0.range.overlaps(flag) && ($0.kind == .string || $0.kind == .comment)
      }
    }
    guard !flags.contains(where: isInText) else { return }
    tokens.removeSubrange(known...)
    tokens += (swift + flags.map { ($0, .flag) }).sorted {
      $0.range.lowerBound < $1.range.lowerBound
    }
  }

  // MARK: Words

  private mutating func takeWords(_ range: Range<Int>, of command: Command) {
    for word in words(range) {
      let first = bytes[word.lowerBound]
      if isFlag(word, of: command) {
        tokens.append((word, .flag))
      } else if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
        tokens.append((word, .string))
      } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) {
        tokens.append((word, .number))
      }
    }
  }

  private func isFlag(_ word: Range<Int>, of command: Command) -> Bool {
    let name = String(decoding: bytes[word].prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
    return command.allFlags.contains { "--\($0.name)" == name }
  }

  /// The words between blanks; a quote goes on to its end.
  private func words(_ range: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start: Int?
    var quote: UInt8?
    for index in range {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte <= 0x20 {
        if let begun = start { words.append(begun..<index) }
        start = nil
      } else {
        if start == nil { start = index }
        if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { quote = byte }
      }
    }
    if let start { words.append(start..<range.upperBound) }
    return words
  }

  // MARK: The answer

  /// Counts the places in scalars instead of bytes.
  private func inScalars(of text: String) -> [LineHighlight] {
    var highlights: [LineHighlight] = []
    var (byte, scalar) = (0, 0)
    func advance(to place: Int) -> Int {
      while byte < place {
        if bytes[byte] & 0xC0 != 0x80 { scalar += 1 }
        byte += 1
      }
      return scalar
    }
    for token in tokens {
      let start = advance(to: token.range.lowerBound)
      let end = advance(to: token.range.upperBound)
      if start < end { highlights.append(LineHighlight(start..<end, token.kind)) }
    }
    return highlights
  }
}

extension LineHighlight.Kind {
  fileprivate init(_ kind: SwiftToken.Kind) {
    switch kind {
    case .keyword: self = .keyword
    case .string: self = .string
    case .number: self = .number
    case .comment: self = .comment
    }
  }
}
