import Testing

@testable import RunnerTerminal

@Suite struct KeyDecoderTests {
  private func keys(_ text: String) -> [Key] { keys(Array(text.utf8)) }

  private func keys(_ bytes: [UInt8]) -> [Key] {
    var decoder = KeyDecoder()
    var keys: [Key] = []
    var rest = bytes[...]
    while !rest.isEmpty { rest = rest.dropFirst(decoder.decode(rest, into: &keys)) }
    return keys
  }

  @Test func `characters of every length are keys`() {
    #expect(keys("aé世😀\r") == ["a", "é", "世", "😀", "\r"].map { .character($0) })
  }

  @Test(arguments: [
    ("\u{1B}[A", FunctionKey.up), ("\u{1B}OB", .down), ("\u{1B}[1;5C", .wordRight),
    ("\u{1B}[3~", .delete), ("\u{1B}[Z", .shiftTab), ("\u{1B}OF", .end),
  ])
  func `function keys are known in several dialects`(bytes: String, key: FunctionKey) {
    #expect(keys(bytes) == [.function(key, sequence: String(bytes.dropFirst()))])
  }

  @Test func `an unknown sequence is one key`() {
    #expect(
      keys("\u{1B}[15~\u{1B}[[Ax") == [
        .function(nil, sequence: "[15~"), .function(nil, sequence: "[[A"), .character("x"),
      ])
  }

  @Test func `escape and a character are Alt`() {
    #expect(keys("\u{1B}b\u{1B}\r") == [.meta("b"), .function(.altEnter, sequence: "\r")])
  }

  @Test func `a sequence that is broken off spares what follows`() {
    #expect(
      keys("\u{1B}[1\u{3}x\u{1B}[1\u{1B}[A").prefix(2) == [.character("\u{3}"), .character("x")])
    #expect(keys("\u{1B}[1\u{1B}[A") == [.function(.up, sequence: "[A")])
  }

  @Test func `a lone escape is a key once nothing follows`() {
    var decoder = KeyDecoder()
    var keys: [Key] = []
    #expect(decoder.decode([0x1B], into: &keys) == 1)
    #expect(keys.isEmpty && decoder.pending == .escape)
    decoder.giveUpWaiting(into: &keys)
    #expect(keys == [.escape] && decoder.pending == .nothing)
  }

  @Test func `invalid UTF-8 loses nothing else`() {
    #expect(
      keys([0xFF, 0x61, 0xC3, 0x62, 0xE2, 0x82]) == [
        .character("\u{FFFD}"), .character("a"), .character("\u{FFFD}"), .character("b"),
      ])
  }

  @Test func `C1 controls are no keys`() {
    #expect(keys("a\u{85}b") == [.character("a"), .character("b")])
  }

  @Test func `decoding stops after one key`() {
    var decoder = KeyDecoder()
    var keys: [Key] = []
    #expect(decoder.decode(Array("ab".utf8)[...], into: &keys) == 1)
    #expect(keys == [.character("a")])
  }

  @Test func `a paste is one key, cleaned`() {
    let text = "a\rb\r\nc\n\td\u{3}\u{1B}[A\u{7}\u{85}e"
    #expect(keys("\u{1B}[200~\(text)\u{1B}[201~x") == [.paste("a\nb\nc\n\td[Ae"), .character("x")])
  }

  @Test func `line ends after the last line of a paste are dropped`() {
    #expect(keys("\u{1B}[200~a\r\nb\r\n\n\u{1B}[201~") == [.paste("a\nb")])
  }

  @Test func `a paste that comes byte by byte is the same`() {
    var decoder = KeyDecoder()
    var keys: [Key] = []
    for byte in "\u{1B}[200~a~世\u{1B}[201~".utf8 { _ = decoder.decode([byte], into: &keys) }
    #expect(keys == [.paste("a~世")])
  }

  @Test func `a paste without an end is given up to`() {
    var decoder = KeyDecoder()
    var keys: [Key] = []
    for byte in "\u{1B}[200~ab".utf8 { _ = decoder.decode([byte], into: &keys) }
    #expect(decoder.pending == .paste)
    decoder.giveUpWaiting(into: &keys)
    #expect(keys == [.paste("ab")])
  }
}
