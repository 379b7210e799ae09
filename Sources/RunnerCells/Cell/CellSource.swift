/// The text of a cell, and what it is called in messages.
package struct CellSource: Hashable, Sendable {
  /// What stands before the line number: `cell-6`, or the name of a file.
  package let name: String
  /// Line feeds only.
  package let text: String
  /// The number of the text's first line.
  package let firstLine: Int
  let bytes: [UInt8]
  /// What the person has not written, in the order of the text.
  private(set) var insertions: [CellInsertion] = []
  private let lineStarts: [Int]

  /// Creates a source; carriage returns before line feeds are dropped.
  package init(name: String, text: String, firstLine: Int = 1) {
    self.name = name
    self.firstLine = firstLine
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\n"), bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
      bytes.append(byte)
    }
    self.bytes = bytes
    self.text = String(decoding: bytes, as: UTF8.self)
    lineStarts =
      [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
  }

  /// The same cell with a word before each of some bytes, which are in order.
  func inserting(_ word: String, at offsets: [Int]) -> CellSource {
    var (text, end): ([UInt8], Int) = ([], 0)
    var starts: [Int] = []
    for offset in offsets {
      text += bytes[end..<offset]
      starts.append(text.count)
      text += word.utf8
      end = offset
    }
    text += bytes[end...]
    var source = CellSource(
      name: name, text: String(decoding: text, as: UTF8.self), firstLine: firstLine)
    source.insertions = starts.map { start in
      CellInsertion(
        line: source.line(at: start), column: source.indentation(before: start).count + 1,
        width: word.utf8.count)
    }
    return source
  }

  /// The number of the line in which a byte stands.
  func line(at offset: Int) -> Int { firstLine + lineIndex(at: offset) }

  /// The bytes of the same line that stand before this one.
  func indentation(before offset: Int) -> ArraySlice<UInt8> {
    bytes[lineStarts[lineIndex(at: offset)]..<offset]
  }

  /// Whether anything but a comment to its end follows on the line of a byte.
  func hasCode(after offset: Int) -> Bool {
    let rest = bytes[offset...].prefix { $0 != UInt8(ascii: "\n") }
      .drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return !rest.isEmpty && !rest.starts(with: "//".utf8)
  }

  /// A line without its end, or `nil` when there is none with this number.
  package func line(_ number: Int) -> String? {
    let index = number - firstLine
    guard lineStarts.indices.contains(index) else { return nil }
    let rest = bytes[lineStarts[index]...]
    return String(decoding: rest.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  private func lineIndex(at offset: Int) -> Int {
    var (low, high) = (0, lineStarts.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
