import Foundation
import RunnerWire
import Testing

@Suite struct WireCodecTests {
  private func error(_ text: String) -> WireError? {
    #expect(throws: WireError.self) { try WireCodec.decode(Data(text.utf8)) }
  }

  @Test func `unknown keys are ignored`() throws {
    let line = #"{"call":"loop","arguments":{"runner":"main","depth":3},"id":7,"trace":[1]}"#
    let message = try WireCodec.decode(Data(line.utf8))
    #expect(message == .request(WireRequest(id: 7, call: .loop(runner: "main"))))
  }

  @Test func `an unknown event is an event`() throws {
    let message = try WireCodec.decode(Data(#"{"event":"sunrise","at":6}"#.utf8))
    #expect(message == .event(.unknown("sunrise")))
  }

  @Test func `an unknown call is refused with its id`() {
    let error = error(#"{"id":7,"call":"frobnicate"}"#)
    #expect(error?.code == .unknownCall)
    #expect(error?.messageID == 7)
    #expect(error?.message == "There is no call 'frobnicate' in runner-wire version 1.")
  }

  @Test(arguments: [
    (#"{"id":7,"call":"loop"}"#, "The call 'loop' needs 'arguments'."),
    (#"{"id":7,"call":"loop","arguments":{}}"#, "The message lacks 'arguments.runner'."),
    (
      #"{"id":7,"call":"loop","arguments":{"runner":4}}"#,
      "The message has a value of the wrong type for 'arguments.runner'."
    ),
    (
      #"{"id":7,"call":"tasks","arguments":{"order":"luck","includesToolTasks":true}}"#,
      "The message has an impossible value for 'arguments.order'."
    ),
    (#"{"id":7,"result":{"weather":{}}}"#, "The result is of no known kind."),
  ])
  func `wrong content is refused with its id and place`(line: String, sentence: String) {
    let error = error(line)
    #expect(error?.code == .malformedMessage)
    #expect(error?.messageID == 7)
    #expect(error?.message == sentence)
  }

  @Test(arguments: [
    ("{\"id\":7,", "The message is not valid JSON."),
    ("frobnicate", "The message is not valid JSON."),
    ("[]", "The message is not a JSON object."),
    ("{\"id\":\"x\",\"call\":\"runners\"}", "The message has a value of the wrong type for 'id'."),
    (
      "{}",
      "The message is neither 'hello' nor a 'call', 'result', 'error' or 'event'."
    ),
  ])
  func `what is no message is refused without id`(line: String, sentence: String) {
    let error = error(line)
    #expect(error?.code == .malformedMessage)
    #expect(error?.messageID == nil)
    #expect(error?.message == sentence)
  }

  @Test func `invalid UTF-8 is refused`() {
    let error = #expect(throws: WireError.self) {
      try WireCodec.decode(Data([0x7B, 0x22, 0xFF, 0x22, 0x7D]))
    }
    #expect(error?.message == "The message is not valid UTF-8.")
  }

  @Test func `deep nesting is refused`() {
    let depth = 100_000
    let line = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(error("{\"call\":\(line)}")?.code == .malformedMessage)
  }

  @Test func `a newline in text stays inside the line`() throws {
    let message = WireMessage.event(.note("one\ntwo\u{0}\u{1B}[31m \u{1F600}"))
    let line = try WireCodec.encode(message)
    #expect(!line.contains(UInt8(ascii: "\n")))
    #expect(try WireCodec.decode(line) == message)
  }
}
