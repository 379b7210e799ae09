import TerminalTesting
import Testing

/// Random keys, with the C library checking the heap: the editor answers afterwards, whatever they were.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct EditLineReaderFuzzTests {
  private static let keys: [String] =
    ["a", "b", "{", "}", " ", "\t", "世", "e\u{301}", "👩\u{200D}💻", "\u{8}", "\u{7F}", "\r"]
    + [
      "[A", "[B", "[C", "[D", "OH", "OF", "[3~", "[1;5C", "[1;5D", "[Z", "[15~", "b", "f", "d", "u",
    ]
    .map { "\u{1B}\($0)" }
    + (1...0x1F).filter { ![3, 4, 0x1A, 0x1B, 0x1C].contains($0) }
    .map { String(Unicode.Scalar(UInt8($0))) }
    + [
      "\u{1B}[200~paste\rlines\r\u{1B}[201~", "\u{1B}", "\u{1B}x", "\u{1B}$", "\u{1B}0", "\u{1B}dw",
    ]

  @Test(arguments: ["emacs", "vi"], 1...6)
  func `random keys and sizes leave an editor that answers`(map: String, seed: Int) throws {
    let terminal = try FixtureTerminal(
      columns: 30, rows: 6, editrc: map == "vi" ? "bind -v\n" : "bind -e\n",
      history: "one\nf {\\n  long entry\\n}\nthree 世界\n",
      environment: ["MALLOC_CHECK_": "3", "MALLOC_PERTURB_": "165"],
      // Between two lines Ctrl-S would stop the output, and with it the prompt after ^C.
      flowControl: false
    ).terminal
    var generator = SeededGenerator(seed: UInt64(seed))
    for step in 0..<800 {
      terminal.send(Self.keys.randomElement(using: &generator) ?? "")
      if step % 40 == 0 {
        let columns = Int.random(in: 8...60, using: &generator)
        terminal.resize(columns: columns, rows: Int.random(in: 3...20, using: &generator))
      }
    }
    terminal.resize(columns: 60, rows: 20)
    // Ctrl-C ends whatever has begun; then the editor is as new.
    // Between lines the terminal's own line editing may have eaten the end of a paste.
    terminal.send("\u{1B}[201~")
    while terminal.read(milliseconds: 100) {}
    let known = terminal.bytes.count
    terminal.send("\u{3}")
    try terminal.wait(for: "a prompt after ^C") {
      let new = String(decoding: terminal.bytes[known...], as: UTF8.self)
      return $0.currentLine == "fixture>" && new.contains("^C")
    }
    // Between lines Ctrl-C was a signal, which may come after the prompt and drop what is typed first.
    terminal.send("first")
    try? terminal.wait(for: "the line or its end", seconds: 2) {
      $0.currentLine == "fixture> first"
    }
    terminal.send("\u{15}alive\(seed)\r")
    try terminal.waitForText("<\"alive\(seed)\">")
    // The terminal's own echo cuts characters, but sequences are ours.
    #expect(terminal.screen.unknown.filter { $0.hasPrefix("CSI") || $0.hasPrefix("ESC") }.isEmpty)
  }
}
