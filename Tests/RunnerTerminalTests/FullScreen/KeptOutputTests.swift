import Testing

@testable import RunnerTerminal

@Suite struct KeptOutputTests {
  @Test func `output is kept in order, as it came`() {
    var kept = KeptOutput()
    kept.take(Array("one\ntw".utf8))
    kept.take(Array("o\n\u{1B}[31mthree".utf8))
    #expect(String(decoding: kept.finish(), as: UTF8.self) == "one\ntwo\n\u{1B}[31mthree")
    var nothing = KeptOutput()
    #expect(nothing.finish().isEmpty)
  }

  @Test func `of very much output the last lines are kept, and the missing ones counted`() throws {
    var kept = KeptOutput()
    let count = 200_000
    for number in 0..<count { kept.take(Array("line \(number)\n".utf8)) }
    let shown = kept.finish()
    #expect(shown.count <= KeptOutput.limit + 100)
    let lines = String(decoding: shown, as: UTF8.self).split(separator: "\n")
    let notice = try #require(lines.first)
    #expect(notice.hasSuffix(" lines of output are not shown: only the last 256 KiB are kept."))
    let missing = try #require(Int(notice.prefix { $0.isNumber }))
    #expect(lines[1] == "line \(missing)")
    #expect(lines.last == "line \(count - 1)")
    #expect(lines.count - 1 + missing == count)
  }

  @Test func `a line without an end is cut`() {
    var kept = KeptOutput()
    kept.take(Array(repeating: UInt8(ascii: "x"), count: 3 * KeptOutput.limit))
    let text = String(decoding: kept.finish(), as: UTF8.self)
    #expect(text.hasPrefix("1 line of output is not shown: "))
    #expect(text.count <= KeptOutput.limit + 100)
  }
}
