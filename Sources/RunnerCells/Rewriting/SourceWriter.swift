/// Writes generated lines and pieces of the user's text, each at the line and column where it stood.
struct SourceWriter {
  /// What generated lines are said to be in.
  static let generatedName = "generated"

  private let source: CellSource
  private(set) var text = ""
  private var isInUserText = false
  /// Where text had to stand further right than it did.
  private(set) var shift: Shift?

  /// From a column on, everything of a line is this much too far right.
  struct Shift: Hashable, Sendable {
    var line: Int
    var column: Int
    var distance: Int
  }

  init(_ source: CellSource) { self.source = source }

  /// Writes a line of our own.
  mutating func generated(_ line: String) {
    if isInUserText {
      text += "#sourceLocation(file: \"\(Self.generatedName)\", line: 1)\n"
      isInUserText = false
    }
    text += line + "\n"
  }

  /// Writes a line of our own where the user's text has one that says the same: a complaint about the name
  /// that it declares is the user's business.
  mutating func generated(_ line: String, at offset: Int) {
    place(source.line(at: offset))
    text += String(decoding: padding(before: offset), as: UTF8.self) + line + "\n"
    isInUserText = true
  }

  /// Writes what another writer has written.
  mutating func append(_ other: SourceWriter) {
    text += other.text
    isInUserText = isInUserText || other.isInUserText
    shift = shift ?? other.shift
  }

  /// Writes a piece of the user's text as lines of its own; the bytes at `replaced` become `letter`.
  mutating func user(_ range: Range<Int>, replacing replaced: [Int] = [], by letter: UInt8 = 0) {
    place(source.line(at: range.lowerBound))
    write(padding(before: range.lowerBound), range, replaced, letter)
  }

  /// Writes a declaration as lines of its own, with `nonisolated` behind some of its tokens.
  ///
  /// What it is said of begins on the next line as a rule, so that its column stays.
  mutating func user(_ range: Range<Int>, opening constants: [Int]) {
    place(source.line(at: range.lowerBound))
    var bytes = padding(before: range.lowerBound) + source.bytes[range]
    let start = bytes.count - range.count
    for offset in constants.reversed() {
      bytes.insert(contentsOf: opening(behind: offset), at: start + offset - range.lowerBound)
    }
    if let offset = constants.first(where: { source.hasCode(after: $0) }) {
      let distance = opening(behind: offset).count
      let column = source.indentation(before: offset).count + 1 + distance
      shift =
        shift ?? Shift(line: source.line(at: offset), column: column, distance: distance)
    }
    text += String(decoding: bytes, as: UTF8.self) + "\n"
    isInUserText = true
  }

  /// Writes an expression as the value of a declaration, at the line and column where it stood.
  ///
  /// No directive may stand within a declaration, so that begins a line earlier, or in the space before.
  mutating func user(
    _ range: Range<Int>, as declaration: String, replacing replaced: [Int], by letter: UInt8
  ) {
    let line = source.line(at: range.lowerBound)
    var bytes = padding(before: range.lowerBound)
    if line > 1 {
      place(line - 1)
      text += declaration + "\n"
    } else {
      place(line)
      let column = bytes.count + 1
      bytes.removeLast(min(declaration.utf8.count + 1, bytes.count))
      bytes += Array((declaration + " ").utf8)
      let distance = bytes.count + 1 - column
      if distance > 0 { shift = Shift(line: line, column: column + distance, distance: distance) }
    }
    write(bytes, range, replaced, letter)
  }

  /// The word, and what ends a member that it would otherwise be a part of.
  private func opening(behind offset: Int) -> [UInt8] {
    let isFirst = source.bytes[offset - 1] == UInt8(ascii: "{")
    let isSeparated = source.bytes[offset - 1] == UInt8(ascii: ";")
    return Array((isFirst || isSeparated ? " nonisolated" : "; nonisolated").utf8)
  }

  private mutating func place(_ line: Int) {
    text += "#sourceLocation(file: \(quotedName), line: \(line))\n"
  }

  private func padding(before offset: Int) -> [UInt8] {
    source.indentation(before: offset)
      .map { $0 == UInt8(ascii: "\t") ? $0 : UInt8(ascii: " ") }
  }

  private mutating func write(
    _ start: [UInt8], _ range: Range<Int>, _ replaced: [Int], _ letter: UInt8
  ) {
    var bytes = start + source.bytes[range]
    for offset in replaced { bytes[start.count + offset - range.lowerBound] = letter }
    text += String(decoding: bytes, as: UTF8.self) + "\n"
    isInUserText = true
  }

  private var quotedName: String {
    "\"" + source.name.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
  }
}
