import Foundation
import RunnerWire
import Testing

@Suite struct FrameWriterTests {
  @Test func `a frame is one line that ends with a newline`() throws {
    let frame = try FrameWriter().frame(.event(.note("hi")))
    #expect(String(decoding: frame, as: UTF8.self) == "{\"event\":\"note\",\"text\":\"hi\"}\n")
  }

  @Test func `a message that is too long is refused with both sizes`() {
    let error = #expect(throws: WireError.self) {
      try FrameWriter(limit: 20).frame(.event(.note("hello there")))
    }
    #expect(error?.code == .messageTooLarge)
    #expect(
      error?.message == "The message would have 37 bytes, and 20 are the largest size allowed. "
        + "Ask for less at a time.")
  }

  @Test func `what the writer writes the reader reads`() throws {
    var reader = FrameReader()
    let stream = try Samples.messages.values.reduce(into: Data()) {
      $0.append(try FrameWriter().frame($1))
    }
    let messages = try reader.receive(stream).map { frame in
      guard case .line(let line) = frame else { throw WireError.oversized(limit: reader.limit) }
      return try WireCodec.decode(line)
    }
    #expect(messages == Array(Samples.messages.values))
  }
}
