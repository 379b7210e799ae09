import Testing

@testable import RunnerTerminal

@Suite(.timeLimit(.minutes(1)))
struct LineSplitterTests {
  private func lines(_ chunks: [[UInt8]]) -> [String] {
    var splitter = LineSplitter()
    var lines: [String] = []
    for chunk in chunks {
      splitter.add(chunk)
      while let line = splitter.next() { lines.append(line) }
    }
    if let rest = splitter.takeRest() { lines.append(rest) }
    return lines
  }

  @Test func `lines are the same however they arrive`() {
    let bytes = Array("one\n\ntwo\r\nthree".utf8)
    let expected = ["one", "", "two", "three"]
    #expect(lines([bytes]) == expected)
    #expect(lines(bytes.map { [$0] }) == expected)
  }

  @Test func `a last line feed adds no line`() {
    #expect(lines([Array("one\n".utf8)]) == ["one"])
    #expect(lines([]) == [])
  }

  @Test func `NUL and invalid UTF-8 are kept and replaced`() {
    #expect(lines([[0x61, 0x00, 0xFF, 0x62, 0x0A]]) == ["a\0\u{FFFD}b"])
  }

  @Test func `a line of 1 MB arrives whole`() {
    let line = String(repeating: "0123456789", count: 100_000)
    let bytes = Array((line + "\n").utf8)
    let chunks = stride(from: 0, to: bytes.count, by: 4096).map {
      Array(bytes[$0..<min($0 + 4096, bytes.count)])
    }
    #expect(lines(chunks) == [line])
  }
}
