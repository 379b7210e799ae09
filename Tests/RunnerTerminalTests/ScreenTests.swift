import TerminalTesting
import Testing

@Suite struct ScreenTests {
  private func screen(_ text: String, columns: Int = 10, rows: Int = 4) -> Screen {
    var screen = Screen(columns: columns, rows: rows)
    screen.feed(Array(text.utf8))
    return screen
  }

  @Test func `text wraps when the next character comes`() {
    #expect(screen("0123456789").row == 0)
    #expect(screen("0123456789a").text == "0123456789\na")
  }

  @Test func `lines scroll into the scrollback`() {
    let screen = screen("1\r\n2\r\n3\r\n4\r\n5")
    #expect(screen.scrollback == ["1"])
    #expect(screen.transcript == "1\n2\n3\n4\n5")
  }

  @Test func `half of a wide character takes the other half along`() {
    #expect(screen("日本\r\u{1B}[Cx").text == " x本")
  }

  @Test(arguments: ["\u{1B}[5S", "\u{1B}M", "\u{1B}]0;x\u{7}", "\u{B}", "\u{1B}[6n"])
  func `what it does not know is listed`(text: String) {
    #expect(!screen(text).unknown.isEmpty)
  }

  @Test func `a resize wraps anew what had wrapped by itself`() {
    var screen = screen("one\r\nabcdefghijklm\r\nx")
    screen.resize(columns: 20, rows: 4)
    #expect(screen.text == "one\nabcdefghijklm\nx")
    #expect([screen.row, screen.column] == [2, 1])
    screen.resize(columns: 5, rows: 6)
    #expect(screen.text == "one\nabcde\nfghij\nklm\nx")
    #expect([screen.row, screen.column] == [4, 1])
  }
}
