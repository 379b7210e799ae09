import Testing

@testable import RunnerTerminal

@Suite struct LiveOutputTests {
  private func take(_ text: String, _ output: inout LiveOutput) -> String {
    String(decoding: output.take(Array(text.utf8)), as: UTF8.self)
  }

  @Test func `whole lines leave, the rest stays`() {
    var output = LiveOutput()
    #expect(take("one\ntwo\nthr", &output) == "one\r\ntwo\r\n")
    #expect(output.live(ellipsis: "…") == [.text("thr")])
    #expect(take("ee\n", &output) == "three\r\n")
    #expect(output.live(ellipsis: "…").isEmpty)
  }

  @Test func `sequences and characters may come in pieces`() {
    var output = LiveOutput()
    var lines = ""
    let bytes = Array("\u{1B}[31m世\u{1B}[2Jx\n".utf8)
    for byte in bytes { lines += String(decoding: output.take([byte]), as: UTF8.self) }
    #expect(lines == "\u{1B}[31m世x\u{1B}[0m\r\n")
  }

  @Test func `a line that never ends is broken at 64 KiB`() {
    var output = LiveOutput()
    let text = String(repeating: "x", count: 70_000)
    #expect(take(text, &output) == text + "\r\n")
    #expect(output.live(ellipsis: "…").isEmpty)
  }

  @Test func `an ended tail is not shown again`() {
    var output = LiveOutput()
    _ = take("10%", &output)
    output.endTail()
    #expect(take("\r20%\n", &output) == "20%\r\n")
  }
}
