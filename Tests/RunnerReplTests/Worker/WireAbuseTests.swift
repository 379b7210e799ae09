import Testing

/// What the real worker does with a front end that has gone mad, and with one that has gone away.
@Suite(.timeLimit(.minutes(1)))
struct WireAbuseTests {
  private func greeted() throws -> RawWorker {
    let worker = try RawWorker()
    worker.sendLine(RawWorker.hello)
    let hello = try worker.receive()?["hello"] as? [String: Any]
    #expect(hello?["protocol"] as? String == "runner-wire")
    return worker
  }

  @Test(arguments: [
    "not JSON", "{", "[]", "null", "7", "\"text\"", "{}", #"{"id":1}"#, #"{"call":"runners"}"#,
    #"{"id":-1,"call":"runners"}"#, #"{"id":"x","call":"runners"}"#, #"{"id":1,"call":7}"#,
    #"{"id":99999999999999999999,"call":"runners"}"#, #"{"id":1,"call":"task"}"#,
    #"{"id":1,"call":"task","arguments":{"task":"two"}}"#,
    #"{"id":1,"call":"close","arguments":[]}"#, "\u{0}\u{1}\u{7F}",
  ])
  func `a malformed message is answered, and the next one counts`(line: String) throws {
    let worker = try greeted()
    worker.sendLine(line)
    #expect(try worker.receiveErrorCode() == "malformedMessage")
    #expect(try worker.answers(id: 5))
    worker.disconnect()
    #expect(try worker.waitForExit() == 0)
  }

  @Test func `bytes that are no UTF-8 are answered`() throws {
    let worker = try greeted()
    worker.send([0x22, 0xFF, 0xC3, 0xED, 0xA0, 0x80, 0x22, 0x0A])
    #expect(try worker.receiveErrorCode() == "malformedMessage")
    #expect(try worker.answers(id: 5))
  }

  @Test func `a call that does not exist is answered`() throws {
    let worker = try greeted()
    worker.sendLine(#"{"id":3,"call":"explode"}"#)
    #expect(try worker.receiveErrorCode() == "unknownCall")
    #expect(try worker.answers(id: 5))
  }

  @Test func `nesting without end is answered`() throws {
    let worker = try greeted()
    worker.sendLine(String(repeating: "[", count: 1_000_000))
    #expect(try worker.receiveErrorCode() == "malformedMessage")
    #expect(try worker.answers(id: 5))
  }

  @Test func `a line that is too long is dropped, however long, and answered`() throws {
    let worker = try greeted()
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    for _ in 0..<20 { #expect(worker.send(piece)) }
    worker.sendLine("")
    #expect(try worker.receiveErrorCode() == "messageTooLarge")
    #expect(try worker.answers(id: 5))
  }

  @Test func `a message in single bytes is a message`() throws {
    let worker = try greeted()
    for byte in Array(#"{"id":4,"call":"runners"}"#.utf8) + [0x0A] { worker.send([byte]) }
    #expect(try worker.receive()?["id"] as? Int == 4)
  }

  @Test func `a front end that goes away in the middle of a message ends the worker`() throws {
    let worker = try greeted()
    worker.send(Array(#"{"id":4,"call":"runn"#.utf8))
    worker.disconnect()
    #expect(try worker.waitForExit() == 0)
  }

  @Test func `a front end that goes away ends a worker whose loops are busy`() throws {
    let worker = try greeted()
    worker.sendLine(#"{"id":1,"call":"makeRunner","arguments":{"name":"main"}}"#)
    _ = try worker.receive()
    worker.sendLine(
      #"{"id":2,"call":"run","arguments":{"expression":"spin(600)","runner":"main"}}"#)
    #expect(try worker.receive()?["id"] as? Int == 2)
    #expect(try worker.answers(id: 3))
    worker.disconnect()
    #expect(try worker.waitForExit() == 0)
  }

  @Test func `a front end that never says hello is told, and the connection ends`() throws {
    let worker = try RawWorker()
    #expect(try worker.receive()?["hello"] != nil)
    worker.sendLine(#"{"id":1,"call":"runners"}"#)
    #expect(try worker.receiveErrorCode() == "unexpectedHello")
    #expect(try worker.receive() == nil)
    #expect(try worker.waitForExit() == 0)
  }

  @Test func `a front end of another version is told, and the connection ends`() throws {
    let worker = try RawWorker()
    #expect(try worker.receive()?["hello"] != nil)
    worker.sendLine(
      RawWorker.hello.replacing(#""version":1"#, with: #""version":99"#))
    #expect(try worker.receiveErrorCode() == "versionMismatch")
    #expect(try worker.waitForExit() == 0)
  }

  @Test func `10,000 requests at once are all answered`() throws {
    let worker = try greeted()
    var answered = Set<Int>()
    for batch in 0..<100 {
      let requests = (0..<100).map { #"{"id":\#(batch * 100 + $0),"call":"runners"}"# + "\n" }
      worker.send(Array(requests.joined().utf8))
      for _ in 0..<100 { answered.insert(try worker.receive()?["id"] as? Int ?? -1) }
    }
    #expect(answered == Set(0..<10_000))
  }
}
