import Foundation
import RunnerWire
import Testing

@Suite struct FrameReaderTests {
  private var reader = FrameReader(limit: 8)

  private func line(_ text: String) -> Frame { .line(Data(text.utf8)) }

  @Test mutating func `several lines in one piece are several frames`() {
    #expect(reader.receive(Data("one\ntwo\nthr".utf8)) == [line("one"), line("two")])
    #expect(reader.heldBytes == 3)
  }

  @Test mutating func `a line in many pieces is one frame`() {
    var frames: [Frame] = []
    for byte in Data("one\ntwo\n".utf8) { frames += reader.receive(Data([byte])) }
    #expect(frames == [line("one"), line("two")])
  }

  @Test mutating func `empty lines are skipped`() {
    #expect(reader.receive(Data("\n\none\n\n".utf8)) == [line("one")])
  }

  @Test mutating func `a line of exactly the limit is a frame`() {
    #expect(reader.receive(Data("12345678\n".utf8)) == [line("12345678")])
  }

  @Test mutating func `a longer line is reported once and nothing of it is held`() {
    #expect(reader.receive(Data("123456789".utf8)) == [.oversized])
    #expect(reader.receive(Data(repeating: 0x78, count: 1000)) == [])
    #expect(reader.heldBytes == 0)
    #expect(reader.receive(Data("tail\nnext\n".utf8)) == [line("next")])
  }

  @Test mutating func `two oversized lines in one piece are reported twice`() {
    let frames = reader.receive(Data("aaaaaaaaaa\nbbbbbbbbbb\nok\n".utf8))
    #expect(frames == [.oversized, .oversized, line("ok")])
  }

  @Test mutating func `every way of cutting a stream gives the same frames`() {
    let stream = Data("ab\n123456789\n\ncd\n".utf8)
    for cut in 0...stream.count {
      var reader = FrameReader(limit: 8)
      let frames =
        reader.receive(Data(stream.prefix(cut))) + reader.receive(Data(stream.dropFirst(cut)))
      #expect(frames == [line("ab"), .oversized, line("cd")])
    }
  }
}
